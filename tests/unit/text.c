/* The plain text reader: texts and the structure seen in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "format.h"


/* ---- a document in one line: P(words) H2(words) U[item|item] O3[item] Q[..] C(code) R L(line/line) T{a,b;c,d} ---- */

static void show(ofp_buf *b, const ofp_node *n);

static void show_all(ofp_buf *b, const ofp_node *n, const char *sep)
{
    for (const ofp_node *c = ofp_first(n); c; c = ofp_next(c)) {
        show(b, c);
        if (ofp_next(c)) ofp_buf_puts(b, sep);
    }
}

static void show_in(ofp_buf *b, const char *open, const ofp_node *n, const char *sep, const char *close)
{
    ofp_buf_puts(b, open);
    show_all(b, n, sep);
    ofp_buf_puts(b, close);
}

static void show(ofp_buf *b, const ofp_node *n)
{
    ofp_str s = ofp_text(n), url = ofp_url(n);
    switch ((int)ofp_node_type(n)) {
    case OFP_PARA: show_in(b, "P(", n, "", ")"); break;
    case OFP_PLAIN: show_in(b, "", n, "", ""); break;
    case OFP_HEAD: ofp_buf_printf(b, "H%d", ofp_level(n)); show_in(b, "(", n, "", ")"); break;
    case OFP_ULIST: show_in(b, "U[", n, "|", "]"); break;
    case OFP_OLIST: ofp_buf_printf(b, "O%d", ofp_list_start(n)); show_in(b, "[", n, "|", "]"); break;
    case OFP_ITEM: show_in(b, "", n, " ", ""); break;
    case OFP_QUOTE: show_in(b, "Q[", n, " ", "]"); break;
    case OFP_LINES: show_in(b, "L(", n, "/", ")"); break;
    case OFP_CODEBLOCK: ofp_buf_printf(b, "C(%.*s)", (int)s.n, s.p); break;
    case OFP_RULE: ofp_buf_puts(b, "R"); break;
    case OFP_TABLE: show_in(b, "T{", n, "", "}"); break;
    case OFP_CAPTION: break;
    case OFP_THEAD: show_in(b, ofp_first(n) ? "^" : "", n, ";", ofp_first(n) ? "^" : ""); break;
    case OFP_TBODY: show_in(b, "", n, ";", ""); break;
    case OFP_ROW: show_in(b, "", n, ",", ""); break;
    case OFP_TEXT: ofp_buf_add(b, s); break;
    case OFP_CODE: ofp_buf_printf(b, "`%.*s`", (int)s.n, s.p); break;
    case OFP_DLIST: show_in(b, "D[", n, "|", "]"); break;
    case OFP_TERM: show_in(b, "", n, "", ":"); break;
    case OFP_DETAIL: show_in(b, "", n, " ", ""); break;
    case OFP_LINEBREAK: ofp_buf_puts(b, "/"); break;
    case OFP_EMPH: show_in(b, "{", n, "", "}"); break;
    case OFP_STRONG: show_in(b, "{{", n, "", "}}"); break;
    case OFP_LINK: ofp_buf_printf(b, "<%.*s ", (int)url.n, url.p); show_in(b, "", n, "", ">"); break;
    default: show_all(b, n, " ");
    }
}

#define FULL1 "The harbour board met on Tuesday and talked for three hours about the\n" \
              "new quay, which should have been finished in the spring of last year.\n"
#define FULL1_JOINED "The harbour board met on Tuesday and talked for three hours about the " \
                     "new quay, which should have been finished in the spring of last year."
#define FULL2 "and the harbour board met on Tuesday and talked for three hours about\n" \
              "the new quay, which should have been finished in the spring of last\n" \
              "year, and about the money that is still missing, nobody knowing where\n" \
              "it went, nor who had it last, nor what was to be said to the people\n" \
              "who had paid for it and stood at the door to hear what had become of\n"
#define FULL2_JOINED "and the harbour board met on Tuesday and talked for three hours about " \
                     "the new quay, which should have been finished in the spring of last " \
                     "year, and about the money that is still missing, nobody knowing where " \
                     "it went, nor who had it last, nor what was to be said to the people " \
                     "who had paid for it and stood at the door to hear what had become of"
#define LONG "The harbour board met on Tuesday and talked for three hours about the new quay, which should have been finished last year, and about the money that is still missing, nobody knowing where it went."

static const struct { const char *in, *out; } cases[] = {
    /* paragraphs */
    { "", "" },
    { "Updated: 10/31/2024 The moving of the harbour took a year.\n\n" FULL1, "P(Updated: 10/31/2024 The moving of the harbour took a year.) P(" FULL1_JOINED ")" },
    { "Summary: the harbour moved.\n\n" FULL1, "P(Summary: the harbour moved.) P(" FULL1_JOINED ")" },
    { "one", "P(one)" },
    { "\n\n \t\n", "" },
    { FULL1, "P(" FULL1_JOINED ")" },
    { FULL1 "\n" FULL1, "P(" FULL1_JOINED ") P(" FULL1_JOINED ")" },
    { LONG "\n" LONG, "P(" LONG ") P(" LONG ")" },
    { LONG "\n\nHome\nNews\nSport", "P(" LONG ") P(Home) P(News) P(Sport)" },
    { "a\rb\r\nc\nd\fe\xE2\x80\xA8" "f", "P(a) P(b) P(c) P(d) P(e) P(f)" },
    { "  First line is set in here and it is long enough to be wrapped at a\nwidth of seventy columns, as printed books do.\n", "P(First line is set in here and it is long enough to be wrapped at a width of seventy columns, as printed books do.)" },
    /* first lines set in and no blank lines, short paragraphs under each other */
    { "   It was raining when the ship came in, and nobody stood on the quay\nbut an old man with a lantern.\n   \"Where is everybody?\" called the captain.\n"
      "   \"At home,\" said the old man, \"where they have been since the morning\nof the day before.\"\n   \"And the band?\"\n",
      "P(It was raining when the ship came in, and nobody stood on the quay but an old man with a lantern.) "
      "P(\"Where is everybody?\" called the captain.) P(\"At home,\" said the old man, \"where they have been since the morning "
      "of the day before.\") P(\"And the band?\")" },
    /* lynx counts characters, whatever their width */
    { "   湖のほとりに小さな村があり、そこでは毎年秋になると古い祭りが行われ、遠くの町からも多くの人が舟に乗って見物に来るということを祖母から何度も聞かされて\n   育った湖のほとりに小さな村があり、そこでは毎年秋になると古い祭りが行われ、遠くの町からも多くの人が舟に乗って見物に来るということを祖母から何度も聞か\n   されて育った湖のほとりに小さな村があり、そこでは毎年秋になると古い祭りが行われ、遠くの町からも多くの人が舟に乗って見物に来るということを祖母から何度\n   も聞かされて育ったのだった。\n", "P(湖のほとりに小さな村があり、そこでは毎年秋になると古い祭りが行われ、遠くの町からも多くの人が舟に乗って見物に来るということを祖母から何度も聞かされて育った湖のほとりに小さな村があり、そこでは毎年秋になると古い祭りが行われ、遠くの町からも多くの人が舟に乗って見物に来るということを祖母から何度も聞かされて育った湖のほとりに小さな村があり、そこでは毎年秋になると古い祭りが行われ、遠くの町からも多くの人が舟に乗って見物に来るということを祖母から何度も聞かされて育ったのだった。)" },
    /* a program beside wrapped text is not wrapped, whatever its lines measure */
    { FULL1 "\n    for (size_t i = 0; i < sizeof table / sizeof *table; i++) print(table[i].name, table[i].value, table[i].unit);\n"
      "    for (size_t i = 0; i < sizeof table / sizeof *table; i++) print(table[i].name, table[i].value);\n\n" FULL1,
      "P(" FULL1_JOINED ") C(for (size_t i = 0; i < sizeof table / sizeof *table; i++) print(table[i].name, table[i].value, table[i].unit);\n"
      "for (size_t i = 0; i < sizeof table / sizeof *table; i++) print(table[i].name, table[i].value);) P(" FULL1_JOINED ")" },
    /* one long line among few does not hide that the others were wrapped */
    { "The quay was built in 1899 by the harbour board, and it has stood\never since, in spite of the storms that come each winter, of the\nwar, and of the harbour board itself.\n\n"
      "It was Mr. Smith who began it, and nobody knows for what reason he did so or why not.\n",
      "P(The quay was built in 1899 by the harbour board, and it has stood ever since, in spite of the storms that come each winter, of the war, and of the harbour board itself.) "
      "P(It was Mr. Smith who began it, and nobody knows for what reason he did so or why not.)" },
    /* hyphens at line ends */
    { "The StarTree company grew a star-tree index over the years, and the star-\ntree index is what people buy when they buy it from the company.\n", "P(The StarTree company grew a star-tree index over the years, and the star-tree index is what people buy when they buy it from the company.)" },
    { "We have the information and more information here, so the infor-\nmation is known to all of us who have read so far into the text\n", "P(We have the information and more information here, so the information is known to all of us who have read so far into the text)" },
    { "It is a well-known fact and it has always been so, a truly well-\nknown fact that nobody who has read so far has ever put in doubt\n", "P(It is a well-known fact and it has always been so, a truly well-known fact that nobody who has read so far has ever put in doubt)" },
    { "They looked at the harbours of the time before the war, both pre-\nand post-war ones, and found that nobody had ever looked at them.\n", "P(They looked at the harbours of the time before the war, both pre- and post-war ones, and found that nobody had ever looked at them.)" },
    /* headings */
    { "Title\n=====\n\nSub\n---\n\ntext", "H1(Title) H2(Sub) P(text)" },
    { "1.2 Depth of water\n\n" FULL1, "H3(1.2 Depth of water) P(" FULL1_JOINED ")" },
    { FULL1 "\nThe New Quay\n\n" FULL1, "P(" FULL1_JOINED ") H2(The New Quay) P(" FULL1_JOINED ")" },
    { LONG "\nThe New Quay\n" LONG, "P(" LONG ") H2(The New Quay) P(" LONG ")" },
    { "THE NEW QUAY\n\n" FULL1, "H2(THE NEW QUAY) P(" FULL1_JOINED ")" },
    { FULL1 "\nPhoto: Jane Doe\n\n" FULL1, "P(" FULL1_JOINED ") P(Photo: Jane Doe) P(" FULL1_JOINED ")" },
    { FULL1 "\nBy Jane Doe\n\n" FULL1, "P(" FULL1_JOINED ") P(By Jane Doe) P(" FULL1_JOINED ")" },
    { "# One\n\n## Two\n\nx", "H1(One) H2(Two) P(x)" },
    { FULL1 "\nReligion[edit]\n\n" FULL1, "P(" FULL1_JOINED ") H2(Religion[edit]) P(" FULL1_JOINED ")" },
    /* lists */
    { "* a\n* b", "U[a|b]" },
    { "\u2022 a\n\u2022 b\n  \u2022 c\n\u2022 d", "U[a|b U[c]|d]" },
    { "     * a\n          + b\n               o c\n     * d", "U[a U[b U[c]]|d]" },
    { "- a\n\n- b\n", "U[P(a)|P(b)]" },
    { "1. a\n2. b", "O1[a|b]" },
    { "3) a\n4) b", "O3[a|b]" },
    { "a) x\nb) y", "O1[x|y]" },
    { "i. x\nii. y\niii. z", "O1[x|y|z]" },
    { "J. Smith\nK. Jones\n", "P(J. Smith) P(K. Jones)" },
    { "1990. Nothing", "P(1990. Nothing)" },
    { " 9. a\n10. b", "O9[a|b]" },
    { "\u2022 a\n  b\n\n  c\nd", "U[P(a) P(b) P(c)] P(d)" },
    { "The board met on Tuesday and it talked for three hours about the sum\n- as far as anyone knows - that went into the new quay and its cranes.\n", "P(The board met on Tuesday and it talked for three hours about the sum - as far as anyone knows - that went into the new quay and its cranes.)" },
    { "\u2013 Is it open? he asked.\n\n\u2013 No, she said.\n", "P(\u2013 Is it open? he asked.) P(\u2013 No, she said.)" },
    { "1. a list item that is long enough to be wrapped over two lines, as it\n   is here, and so on\n2. another\n", "O1[a list item that is long enough to be wrapped over two lines, as it is here, and so on|another]" },
    /* quotes */
    { "> a\n> > b\n> c", "Q[P(a) Q[P(b)] P(c)]" },
    { ">> a\n> b", "Q[Q[P(a)] P(b)]" },
    { ">>> print(1)\n1\n", "P(>>> print(1)) P(1)" },
    /* code */
    { "text\n\n    int x = 1;\n    return x;\n", "P(text) C(int x = 1;\nreturn x;)" },
    { "```c\nx  =  1;\n\ny = 2;\n```\nz", "C(x  =  1;\n\ny = 2;) P(z)" },
    { "```\nunclosed", "P(```) P(unclosed)" },
    /* definition lists of browsers and of manuals, whose capitals are headings */
    { "Mole\n    A wall in the sea.\nQuay\nBerth\n    A wall that ships lie at.\n    A place.\n", "D[Mole:|A wall in the sea.|Quay/Berth:|A wall that ships lie at.|A place.]" },
    { "   -a, --all\n          show all of it\n\n   -b\n          be brief, and say\n\n          * little\n", "D[-a, --all:|P(show all of it)|-b:|P(be brief, and say) U[little]]" },
    { "NAME\n       quay - lie at a wall\n\nSYNOPSIS\n       quay [SHIP]\n", "H2(NAME) P(quay - lie at a wall) H2(SYNOPSIS) P(quay [SHIP])" },
    { "one\ntwo\nthree\nfour\nfive\n    A wall in the sea.\nQuay\n    A wall that ships lie at.\n", "P(one) D[two/three/four/five:|A wall in the sea.|Quay:|A wall that ships lie at.]" },
    { "Anna said this:\n    It is late.\n", "P(Anna said this:) P(It is late.)" },
    /* heads and feet of pages */
    { FULL1 "\nDoe        [Page 1]\n\f\nQuays      2026\n\nand so it went on for as long as anybody could remember.\n\nDoe        [Page 2]\n\fQuays      2026\n\nThe end.\n",
      "P(" FULL1_JOINED ") P(and so it went on for as long as anybody could remember.) P(The end.)" },
    { FULL2 "\n12   THE QUAY\n\n" FULL2 "\n13   THE QUAY\n\n" FULL2 "\n14   THE QUAY\n\n" FULL2, "P(" FULL2_JOINED " " FULL2_JOINED " " FULL2_JOINED " " FULL2_JOINED ")" },
    { "Chapter 1\n\n" FULL1 "\nChapter 2\n\n" FULL1 "\nChapter 3\n\n" FULL1, "H2(Chapter 1) P(" FULL1_JOINED ") H2(Chapter 2) P(" FULL1_JOINED ") H2(Chapter 3) P(" FULL1_JOINED ")" },
    /* lines, rules */
    { "Roses are red,\nViolets are blue,\nSugar is sweet,\nAnd so are you.", "L(Roses are red,/Violets are blue,/Sugar is sweet,/And so are you.)" },
    { "  The ship came in on Sunday,\n    The rain came in before,\n  And nobody on Monday\n    Will know them any more.", "L(The ship came in on Sunday,/\u00A0\u00A0The rain came in before,/And nobody on Monday/\u00A0\u00A0Will know them any more.)" },
    { "a\n\n* * *\n\nb", "P(a) R P(b)" },
    { "a\n\n----------\n\nb", "P(a) R P(b)" },
    /* tables */
    { "Name   Port     Depth\nAnna   Hamburg   12.5\nBert   Ostend     7.0\n", "T{Name,Port,Depth;Anna,Hamburg,12.5;Bert,Ostend,7.0}" },
    { "| a | b |\n|---|---|\n| 1 | 2 |\n", "T{^a,b^1,2}" },
    { "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+\n", "T{^a,b^1,2}" },
    { "a\tb\nc\td\n", "T{a,b;c,d}" },
    { "two  blanks here\nand then  there\nor nowhere  at all\n", "P(two blanks here) P(and then there) P(or nowhere at all)" },
    { "Ship    Port      Remarks\nAnna    Hamburg   late and\n                  damaged\nBert    Ostend    in order\nCarla   Bergen    sold to\n                  Gdansk\n", "T{Ship,Port,Remarks;Anna,Hamburg,late and damaged;Bert,Ostend,in order;Carla,Bergen,sold to Gdansk}" },
    { "\u250C\u2500\u2500\u252C\u2500\u2500\u2510\n\u2502a \u2502b \u2502\n\u251C\u2500\u2500\u253C\u2500\u2500\u2524\n\u2502c \u2502d \u2502\n\u2502  \u2502e \u2502\n\u2514\u2500\u2500\u2534\u2500\u2500\u2518\n", "T{^a,b^c,d;,e}" },
    /* addresses over two lines */
    { "The plan of the mole is at https://example.org/harbour/plans/2026/the-\neast-mole.html, and <https://example.org/harbour/depths/by-name-and-\nberth?all=yes> has the depths.\n", "P(The plan of the mole is at <https://example.org/harbour/plans/2026/the-east-mole.html https://example.org/harbour/plans/2026/the-east-mole.html>, and <https://example.org/harbour/depths/by-name-and-berth?all=yes https://example.org/harbour/depths/by-name-and-berth?all=yes> has the depths.)" },
    { "The board says on its page in the net, https://example.org/harbour/board/\nmid-day and e.g. nothing of what it ought to say, the new one included\nas well as the old one.\n", "P(The board says on its page in the net, <https://example.org/harbour/board/ https://example.org/harbour/board/> mid-day and e.g. nothing of what it ought to say, the new one included as well as the old one.)" },
    /* inlines */
    { "see https://example.org/a_(b), or www.example.org.", "P(see <https://example.org/a_(b) https://example.org/a_(b)>, or <http://www.example.org www.example.org>.)" },
    { "ask jm@example.org now", "P(ask <mailto:jm@example.org jm@example.org> now)" },
    { "<https://example.org/> <URL:http://x.org/>", "P(<https://example.org/ https://example.org/> <http://x.org/ http://x.org/>)" },
    { "it is *really* so, _very much_, **indeed**", "P(it is {really} so, {very much}, {{indeed}})" },
    { "2 * 3 * 4, snake_case_name, *_cost or enable_*, 5* and 4*", "P(2 * 3 * 4, snake_case_name, *_cost or enable_*, 5* and 4*)" },
    { "run `make -s` now", "P(run `make -s` now)" },
    { "[1]Home\n\n   See [2]here.\n\nReferences\n\n   1. https://a.org/\n   2. https://b.org/\n", "P(<https://a.org/ Home>) P(See <https://b.org/ here>.)" },
    { "See the plan[1].\n\n[1] https://a.org/\n", "P(See the plan<https://a.org/ [1]>.)" },
    { "[1]Home\n\n   See [2]this.\n\nReferences\n\n   1. https://a.org/\n   2. https://b.org/#:~:text=the new,quay\n", "P(<https://a.org/ Home>) P(See <https://b.org/#:~:text=the%20new,quay this>.)" },
    { "See [1].\n\nReferences\n\n   1. https://a.org/ The Quay, 2010\n", "P(See [1].) P(References) P(1. <https://a.org/ https://a.org/> The Quay, 2010)" },
    { "[1] is a note and [2] another\n", "P([1] is a note and [2] another)" },
    /* what terminals were told */
    { "N\bNA\bAM\bME\bE \x1b[1mbold\x1b[0m _\bu", "P(NAME bold u)" },
    { "it\xC2\x92s", "P(it\u2019s)" },
};

static void test_structure(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ofp_doc *d = ofp_doc_new("case", NULL);
        ofp_err e = { 0 };
        ofp_options opt = { 0 };
        ofp_buf b = { 0 };
        bool ok = ofp_read_text(d, ofp_arena_dup(ofp_doc_arena(d), ofp_s(cases[i].in)), &opt, &e);
        ofp_tidy(d);
        ok = ok && ofp_check(d, &e);
        show_all(&b, ofp_root(d), " ");
        if (!ok || !ofp_str_eq(ofp_buf_str(&b), ofp_s(cases[i].out))) {
            print_error("'%s'\n got '%.*s'\nwant '%s' %s\n", cases[i].in, (int)b.n, b.p ? b.p : "", cases[i].out, e.msg);
            bad++;
        }
        ofp_buf_free(&b);
        ofp_doc_free(d);
    }
    assert_int_equal(bad, 0);
}

/* ---- metadata of the top --------------------------------------------------------------------- */

static const struct { const char *in, *title, *author, *date, *body; } tops[] = {
    { "Title: The Quay\nAuthor: Jane Doe\nDate: 19 Feb 2026\n\ntext", "The Quay", "Jane Doe", "2026-02-19", "P(text)" },
    { "From: =?utf-8?Q?J=C3=B6rg?= =?utf-8?B?IE1laWVy?= <j@x.org>\nTo: all\nSubject: Quay\n open\n\ntext", "Quay open", "J\u00F6rg Meier", "", "L(To: all) P(text)" },
    { "---\ntitle: \"The Quay\"\nauthor:\n  - Jane Doe\n  - John Roe\ndate: 2026-02-19\nlayout: post\n---\ntext", "The Quay", "Jane Doe; John Roe", "2026-02-19", "P(text)" },
    { "Note: this is a text\n\nmore", "", "", "", "P(Note: this is a text) P(more)" },
    { "The Quay\n========\n\ntext", "The Quay", "", "", "H1(The Quay) P(text)" },
    { "Author: Doe, Jane\n\nx", "", "Doe, Jane", "", "P(x)" },
};

static void test_top(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++) {
        ofp_doc *d = ofp_doc_new("case", NULL);
        ofp_err e = { 0 };
        ofp_options opt = { 0 };
        ofp_buf b = { 0 };
        assert_true(ofp_read_text(d, ofp_arena_dup(ofp_doc_arena(d), ofp_s(tops[i].in)), &opt, &e));
        ofp_tidy(d);
        show_all(&b, ofp_root(d), " ");
        ofp_str got[] = { ofp_meta_get(d, OFP_META_TITLE), ofp_meta_get(d, OFP_META_AUTHOR), ofp_meta_get(d, OFP_META_DATE), ofp_buf_str(&b) };
        const char *want[] = { tops[i].title, tops[i].author, tops[i].date, tops[i].body };
        for (int k = 0; k < 4; k++) {
            if (ofp_str_eq(got[k], ofp_s(want[k]))) continue;
            print_error("'%s': got '%.*s', want '%s'\n", tops[i].in, (int)got[k].n, got[k].p ? got[k].p : "", want[k]);
            bad++;
        }
        ofp_buf_free(&b);
        ofp_doc_free(d);
    }
    assert_int_equal(bad, 0);
}

/* ---- wrapping at any width and reading gives the words back, a paragraph each ------------------- */

static const char *const prose[] = {
    "The harbour board met on Tuesday - for the first time this year - and talked about the new quay.",
    "In 1990. nobody would have believed it (the plan was drawn up in 12 days), yet there it stood: 300 m of stone, 2 * 40 cranes.",
    "Die Hafenbeh\u00F6rde tagte am Dienstag; es ging um die Kaimauer, die l\u00E4ngst h\u00E4tte fertig sein sollen, und um das Geld, das fehlt.",
    "\u2014 a dash may begin it, and a \u201Cquotation\u201D may end it, as in \u201Cwe shall see\u201D",
    "See https://example.org/a/very/long/address/that/no/line/can/hold/because/it/is/longer/than/eighty/columns for the whole plan of it.",
    "It was the best of harbours, it was the worst of harbours, it was the age of steam + sail, it was the epoch of - well - of rope.",
};

static void wrap_at(ofp_buf *b, ofp_str s, size_t width)
{
    ofp_str w;
    size_t col = 0;
    while (ofp_str_word(&s, &w)) {
        size_t n = ofp_str_width(w);
        if (col && col + 1 + n > width) ofp_buf_putc(b, '\n'), col = 0;
        if (col) ofp_buf_putc(b, ' '), col++;
        ofp_buf_add(b, w);
        col += n;
    }
    ofp_buf_puts(b, "\n\n");
}

static void test_wrapped(void **state)
{
    (void)state;
    size_t n = sizeof prose / sizeof *prose;
    for (size_t width = 50; width <= 90; width++) {
        ofp_doc *d = ofp_doc_new("case", NULL);
        ofp_buf b = { 0 };
        ofp_err e = { 0 };
        ofp_options opt = { 0 };
        for (size_t i = 0; i < n; i++) wrap_at(&b, ofp_s(prose[i]), width);
        assert_true(ofp_read_text(d, ofp_buf_take(&b, ofp_doc_arena(d)), &opt, &e));
        const ofp_node *p = ofp_first(ofp_root(d));
        for (size_t i = 0; i < n; i++, p = p ? ofp_next(p) : NULL) {
            ofp_str got = ofp_plain_text(ofp_doc_arena(d), p);
            if (!ofp_str_eq(got, ofp_s(prose[i]))) fail_msg("width %zu: got '%.*s', want '%s'", width, (int)got.n, got.p, prose[i]);
        }
        assert_null(p);
        ofp_doc_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_structure), cmocka_unit_test(test_top), cmocka_unit_test(test_wrapped) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
