/* completion.c - completions for shells, from the table of options and that of formats. */
#include "cli/cli.h"

#include <string.h>

static bool can_negate(const option_row *o)
{
    return o->kind == KIND_SWITCH || o->kind == KIND_UNSWITCH || o->kind == KIND_OPTIONAL;
}

static void put_formats(ofp_buf *out, bool written)
{
    const ofp_format *f;
    bool more = false;
    for (size_t i = 0; (f = ofp_format_at(i)); i++)
        if (written ? f->write || f->write_module : f->read || f->read_module) {
            ofp_buf_printf(out, "%s%s", more ? " " : "", f->name);
            more = true;
        }
}

/* What may follow an option: words, or nothing where only the user knows. */
static bool put_words(ofp_buf *out, const option_row *o)
{
    if (!strcmp(o->name, "from") || !strcmp(o->name, "to"))
        put_formats(out, !strcmp(o->name, "to"));
    else if (o->kind == KIND_CHOICE)
        ofp_buf_puts(out, o->detail);
    else if (!strcmp(o->name, "cleanup"))
        ofp_buf_puts(out, "balanced precision recall off");
    else if (!strcmp(o->name, "page-size"))
        ofp_buf_puts(out, "a4 a5 letter ereader");
    else
        return false;
    return true;
}

static void bash_cases(ofp_buf *out)
{
    const option_row *o;
    for (size_t i = 0; (o = option_at(i)); i++) {
        ofp_buf words = { 0 };
        if (o->arg && put_words(&words, o)) {
            ofp_buf_printf(out, "        ");
            if (o->letter)
                ofp_buf_printf(out, "-%c|", o->letter);
            ofp_buf_printf(out, "--%s) COMPREPLY=($(compgen -W '%.*s' -- \"$cur\")); return ;;\n", o->name, (int)words.n, words.p);
        }
        ofp_buf_free(&words);
    }
}

static void bash(ofp_buf *out)
{
    const option_row *o;
    ofp_buf_puts(out, "_offprint() {\n    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                      "    if [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
                      "    if [ \"$cur\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-1]}; cur=; fi\n"
                      "    case $prev in\n");
    bash_cases(out);
    ofp_buf_puts(out, "    esac\n    case $cur in\n        -*) COMPREPLY=($(compgen -W '");
    for (size_t i = 0; (o = option_at(i)); i++) {
        ofp_buf_printf(out, "%s--%s", i ? " " : "", o->name);
        if (can_negate(o))
            ofp_buf_printf(out, " --no-%s", o->name);
    }
    ofp_buf_puts(out, "' -- \"$cur\")) ;;\n"
                      "        *) COMPREPLY=($(compgen -f -- \"$cur\"))\n"
                      "           if [ \"$COMP_CWORD\" = 1 ]; then\n"
                      "               COMPREPLY+=($(compgen -W 'inspect filter help completion' -- \"$cur\"))\n"
                      "           fi ;;\n    esac\n}\ncomplete -o filenames -F _offprint offprint\n");
}

/* Text inside single quotes and, for zsh, inside brackets. */
static void put_quoted(ofp_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            ofp_buf_puts(out, "'\\''");
        else if (strchr("[]:", *text))
            ofp_buf_printf(out, "\\%c", *text);
        else
            ofp_buf_putc(out, *text);
    }
}

static void zsh_spec(ofp_buf *out, const option_row *o)
{
    ofp_buf words = { 0 };
    ofp_buf_printf(out, "--%s%s[", o->name, !o->arg ? "" : o->kind == KIND_OPTIONAL ? "=-" : "=");
    put_quoted(out, o->help);
    ofp_buf_putc(out, ']');
    if (o->arg && put_words(&words, o))
        ofp_buf_printf(out, ":%s:(%.*s)", o->name, (int)words.n, words.p);
    else if (o->arg)
        ofp_buf_printf(out, ":%s:_files", o->name);
    ofp_buf_free(&words);
}

static void zsh(ofp_buf *out)
{
    const option_row *o;
    ofp_buf_puts(out, "#compdef offprint\n_arguments \\\n");
    for (size_t i = 0; (o = option_at(i)); i++) {
        ofp_buf_puts(out, "    '");
        zsh_spec(out, o);
        ofp_buf_puts(out, "' \\\n");
    }
    ofp_buf_puts(out, "    '*:file:_files'\n");
}

static void fish(ofp_buf *out)
{
    const option_row *o;
    ofp_buf_puts(out, "complete -c offprint -n __fish_use_subcommand -a 'inspect filter help completion'\n");
    for (size_t i = 0; (o = option_at(i)); i++) {
        ofp_buf words = { 0 };
        ofp_buf_printf(out, "complete -c offprint -l %s", o->name);
        if (o->letter)
            ofp_buf_printf(out, " -s %c", o->letter);
        if (o->arg && put_words(&words, o))
            ofp_buf_printf(out, " -x -a '%.*s'", (int)words.n, words.p);
        else if (o->arg)
            ofp_buf_puts(out, " -r");
        ofp_buf_puts(out, " -d '");
        for (const char *c = o->help; *c; c++)
            ofp_buf_printf(out, *c == '\'' ? "\\'" : "%c", *c);
        ofp_buf_puts(out, "'\n");
        ofp_buf_free(&words);
    }
}

bool run_completion(const char *shell, ofp_buf *out, ofp_err *e)
{
    if (shell && !strcmp(shell, "bash"))
        bash(out);
    else if (shell && !strcmp(shell, "zsh"))
        zsh(out);
    else if (shell && !strcmp(shell, "fish"))
        fish(out);
    else
        return ofp_fail(e, OFP_EUSAGE, OFP_NOWHERE, "completion needs a shell: bash, zsh or fish");
    return !out->failed || ofp_fail_nomem(e);
}
