/* doctype.c - which doctypes ask for the ways of old browsers (HTML standard 13.2.6.4.1). */
#include "tree.h"

/* Where these begin a public identifier; with LOOSE, only where no system identifier follows. */
enum { ALWAYS, LOOSE, WHOLE };
static const struct { const char *id; int how; } quirky[] = {
    { "+//Silmaril//dtd html Pro v0r11 19970101//", ALWAYS }, { "-//AS//DTD HTML 3.0 asWedit + extensions//", ALWAYS },
    { "-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//", ALWAYS }, { "-//IETF//DTD HTML 2.", ALWAYS },
    { "-//IETF//DTD HTML 3.", ALWAYS }, { "-//IETF//DTD HTML Level ", ALWAYS }, { "-//IETF//DTD HTML Strict", ALWAYS },
    { "-//IETF//DTD HTML//", ALWAYS }, { "-//Metrius//DTD Metrius Presentational//", ALWAYS },
    { "-//Microsoft//DTD Internet Explorer ", ALWAYS }, { "-//Netscape Comm. Corp.//DTD ", ALWAYS },
    { "-//O'Reilly and Associates//DTD HTML ", ALWAYS }, { "-//SQ//DTD HTML 2.0 HoTMetaL + extensions//", ALWAYS },
    { "-//SoftQuad Software//DTD HoTMetaL PRO ", ALWAYS }, { "-//SoftQuad//DTD HoTMetaL PRO ", ALWAYS },
    { "-//Spyglass//DTD HTML 2.0 Extended//", ALWAYS }, { "-//Sun Microsystems Corp.//DTD HotJava ", ALWAYS },
    { "-//W3C//DTD HTML 3 1995-03-24//", ALWAYS }, { "-//W3C//DTD HTML 3.2", ALWAYS }, { "-//W3C//DTD HTML 4.0 Frameset//", ALWAYS },
    { "-//W3C//DTD HTML 4.0 Transitional//", ALWAYS }, { "-//W3C//DTD HTML Experimental ", ALWAYS },
    { "-//W3C//DTD W3 HTML ", ALWAYS }, { "-//W3O//DTD W3 HTML ", ALWAYS }, { "-//WebTechs//DTD Mozilla HTML ", ALWAYS },
    { "-//W3C//DTD HTML 4.01 Frameset//", LOOSE }, { "-//W3C//DTD HTML 4.01 Transitional//", LOOSE },
    { "-/W3C/DTD HTML 4.0 Transitional/EN", WHOLE }, { "HTML", WHOLE },
};

/* The quoted string that s begins with, taken off it; false where there is none. */
static bool take_quoted(ofp_str *s, ofp_str *out)
{
    *s = ofp_str_trim(*s);
    if (!s->n || (s->p[0] != '"' && s->p[0] != '\''))
        return false;
    size_t end = ofp_str_find(*s, ofp_str_sub(*s, 0, 1), 1);
    *out = ofp_str_sub(*s, 1, end == SIZE_MAX ? end : end - 1);
    *s = ofp_str_sub(*s, end == SIZE_MAX ? s->n : end + 1, SIZE_MAX);
    return true;
}

static bool is_quirky_id(ofp_str id, bool has_system)
{
    for (size_t i = 0; i < sizeof quirky / sizeof *quirky; i++) {
        ofp_str known = ofp_s(quirky[i].id);
        if (quirky[i].how == WHOLE ? ofp_str_ieq(id, known) : ofp_str_istarts(id, known) && !(quirky[i].how == LOOSE && has_system))
            return true;
    }
    return false;
}

bool doctype_is_quirky(ofp_str text)
{
    ofp_str rest = text, name = { "", 0 }, id = { "", 0 }, system = { "", 0 };
    ofp_str_word(&rest, &name);
    rest = ofp_str_trim(rest);
    if (!ofp_str_ieq(name, OFP_STR("html")))
        return true;
    if (!rest.n)
        return false;
    if (ofp_str_istarts(rest, OFP_STR("public"))) {
        rest = ofp_str_sub(rest, 6, SIZE_MAX);
        if (!take_quoted(&rest, &id))
            return true;
        return is_quirky_id(id, take_quoted(&rest, &system));
    }
    rest = ofp_str_sub(rest, 6, SIZE_MAX);
    return !ofp_str_istarts(ofp_str_trim(text), OFP_STR("html")) || !take_quoted(&rest, &system)
        || ofp_str_ieq(system, OFP_STR("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"));
}
