#include <string.h>
#include "base/module.h"
#include "format.h"

#define LINKED(fn) fn, NULL, NULL
#define MODULE(file, fn) NULL, file, fn
#define NONE NULL, NULL, NULL

static const ofp_format formats[] = {
#define FORMAT(name, extensions, flags, read, write, summary) { name, extensions, flags, read, write, summary },
#include "formats.def"
#undef FORMAT
};
#define NFORMATS (sizeof formats / sizeof *formats)

const ofp_format *ofp_format_at(size_t i) { return i < NFORMATS ? &formats[i] : NULL; }

const ofp_format *ofp_format_find(ofp_str name)
{
    for (size_t i = 0; i < NFORMATS; i++)
        if (ofp_str_eq(name, ofp_s(formats[i].name)))
            return &formats[i];
    return NULL;
}

/* ---- by file name and by content ---- */

static bool reads(const ofp_format *f) { return f->read || f->read_module; }
static bool writes(const ofp_format *f) { return f->write || f->write_module; }

static bool lists(const char *words, ofp_str word)
{
    ofp_str rest = ofp_s(words), w;
    while (ofp_str_word(&rest, &w))
        if (ofp_str_ieq(w, word))
            return true;
    return false;
}

const char *ofp_format_ending(const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file, *dot = strrchr(name, '.');
    return dot ? dot + 1 : NULL;
}

const ofp_format *ofp_format_by_file(const char *file, bool for_writing)
{
    const char *ending = ofp_format_ending(file);
    for (size_t i = 0; ending && i < NFORMATS; i++)
        if (lists(formats[i].extensions, ofp_s(ending)) && (for_writing ? writes(&formats[i]) : reads(&formats[i])))
            return &formats[i];
    return NULL;
}

/* Markup that only HTML begins with. */
static bool looks_like_html(ofp_str s)
{
    static const char *const starts[] = { "<!doctype html", "<html", "<head", "<body", "<!--", "<article", "<div",
                                          "<p>", "<p ", "<h1", "<h2", "<main", "<section", "<table", "<meta", "<title",
                                          "<?xml", "<ul", "<ol", "<script", "<style", "<link" };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (ofp_str_istarts(s, ofp_s(starts[i])))
            return true;
    return false;
}

/* EPUB 3.3 4.2.3: the first file of the archive, stored as it is, says what it is. */
static bool looks_like_epub(ofp_str s)
{
    return ofp_str_starts(s, OFP_STR("PK\3\4")) && ofp_str_starts(ofp_str_sub(s, 30, 28), OFP_STR("mimetypeapplication/epub+zip"));
}

const ofp_format *ofp_format_sniff(ofp_str bytes)
{
    ofp_str s = ofp_str_sub(bytes, 0, 4096);
    if (ofp_str_starts(s, OFP_STR("\xEF\xBB\xBF")))
        s = ofp_str_sub(s, 3, SIZE_MAX);
    s = ofp_str_trim(s);
    const char *name = "text";
    if (ofp_str_starts(s, OFP_STR("{")) && ofp_str_find(s, OFP_STR("\"pandoc-api-version\""), 0) != SIZE_MAX)
        name = "json";
    else if (looks_like_epub(bytes))
        name = "epub";
    else if (looks_like_html(s))
        name = "html";
    const ofp_format *f = ofp_format_find(ofp_s(name));
    return f ? f : &formats[0];
}

/* ---- readers and writers ---- */

ofp_reader *ofp_format_reader(const ofp_format *f, const ofp_world *w, ofp_err *e)
{
    ofp_reader *fn = f->read;
    if (f->read_module)
        *(void **)&fn = ofp_module(w, f->read_module, f->read_name, e);
    else if (!fn)
        ofp_fail(e, OFP_EFROM, OFP_NOWHERE, "cannot read format '%s'", f->name);
    return fn;
}

ofp_writer *ofp_format_writer(const ofp_format *f, const ofp_world *w, ofp_err *e)
{
    ofp_writer *fn = f->write;
    if (f->write_module)
        *(void **)&fn = ofp_module(w, f->write_module, f->write_name, e);
    else if (!fn)
        ofp_fail(e, OFP_ETO, OFP_NOWHERE, "cannot write format '%s'", f->name);
    return fn;
}

/* ---- extensions ---- */

struct extension { const char *format, *name, *summary; void (*apply)(ofp_options *opt, bool on); };

#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define EXTENSION(format, name, option, on_value, off_value, summary) \
    static void CAT(apply_, __LINE__)(ofp_options *opt, bool on) { opt->option = on ? on_value : off_value; }
#include "extensions.def"
#undef EXTENSION
static const struct extension extensions[] = {
#define EXTENSION(format, name, option, on_value, off_value, summary) { format, name, summary, CAT(apply_, __LINE__) },
#include "extensions.def"
#undef EXTENSION
};
#define NEXTENSIONS (sizeof extensions / sizeof *extensions)

bool ofp_extension_at(size_t i, const char **format, const char **name, const char **summary)
{
    if (i >= NEXTENSIONS)
        return false;
    *format = extensions[i].format;
    *name = extensions[i].name;
    *summary = extensions[i].summary;
    return true;
}

static bool apply(const ofp_format *f, ofp_str name, bool on, ofp_options *opt, ofp_err *e)
{
    for (size_t i = 0; i < NEXTENSIONS; i++)
        if (!strcmp(extensions[i].format, f->name) && ofp_str_eq(name, ofp_s(extensions[i].name))) {
            extensions[i].apply(opt, on);
            return true;
        }
    return ofp_fail(e, OFP_EEXT, OFP_NOWHERE, "format '%s' has no extension '%.*s'", f->name, (int)name.n, name.p);
}

const ofp_format *ofp_format_parse(const char *spec, bool for_writing, ofp_options *opt, ofp_err *e)
{
    size_t n = strcspn(spec, "+-");
    const ofp_format *f = ofp_format_find((ofp_str){ spec, n });
    if (!f || !(for_writing ? writes(f) : reads(f))) {
        ofp_fail(e, for_writing ? OFP_ETO : OFP_EFROM, OFP_NOWHERE, "unknown %s format '%.*s'",
                 for_writing ? "output" : "input", (int)n, spec);
        return NULL;
    }
    for (spec += n; *spec; spec += 1 + n) {
        n = strcspn(spec + 1, "+-");
        if (!apply(f, (ofp_str){ spec + 1, n }, *spec == '+', opt, e))
            return NULL;
    }
    return f;
}
