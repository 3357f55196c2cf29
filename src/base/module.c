#include <dlfcn.h>
#include <stdio.h>
#include "base/module.h"

void *ofp_module(const ofp_world *w, const char *module, const char *name, ofp_err *e)
{
    char path[4096];
    w = ofp_world_or_os(w);
    if (snprintf(path, sizeof path, "%s/modules/%s.so", w->home(w->user), module) >= (int)sizeof path)
        return ofp_fail(e, OFP_EDATA, OFP_NOWHERE, "%s: path too long", module), NULL;
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *fn = so ? dlsym(so, name) : NULL;
    if (!fn)
        ofp_fail(e, OFP_EDATA, OFP_NOWHERE, "cannot load module %s: %s", module, dlerror());
    return fn;
}
