# make | make demo | make check | make deps | make SAN=1 … | make install PREFIX= DESTDIR= | make floors
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
O       ?= build$(if $(SAN),/san)
PKG      = pkg-config
WERROR   = $(if $(CI),-Werror)
WARN     = -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wswitch-enum -Wstrict-prototypes \
           -Wmissing-prototypes -Wwrite-strings -Wvla -Wpointer-arith -Wundef $(WERROR)
SANFLAGS = $(if $(SAN),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL      = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) $(CFLAGS) $(SANFLAGS) -fPIC -Iinclude -MMD -MP

# A folder in this list is a module: built with the libraries beside it into $O/modules, opened on first use.
MODULES  = read-html write-epub write-pdf
LIBS                 = libcmark yajl libutf8proc
LIBS_read-html       = gumbo
LIBS_write-epub      = libzip libpng libjpeg libwebp
LIBS_write-pdf       = libhpdf harfbuzz harfbuzz-subset fribidi libutf8proc libpng libjpeg libwebp

dir      = src/$(subst -,/,$1)
objs     = $(patsubst %.c,$O/%.o,$(sort $(wildcard $(addsuffix /*.c,$1))))
LIBDIRS  = src src/base src/model src/res src/doctools src/read src/read/text src/filter src/write
LIBOBJS := $(call objs,$(LIBDIRS))
CLIOBJS := $(call objs,src/cli)
MODS    := $(foreach m,$(MODULES),$(if $(wildcard $(call dir,$m)/*.c),$O/modules/$m.so))
FILTERS := $(patsubst filters/%.c,$O/filters/%.so,$(wildcard filters/*.c)) \
           $(patsubst filters/%/,$O/filters/%.so,$(filter %/,$(wildcard filters/*/)))
TOP     := $O/offprint $O/liboffprint.so $O/liboffprint.a $(MODS) $(FILTERS)

all: $(TOP)

pkgs     = $(shell $(PKG) $1 $(2:libhpdf=) 2>/dev/null)$(if $(filter libhpdf,$2),$(if $(filter --libs,$1), -lhpdf -lz -ldeflate))
$O/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL) -Isrc $(call pkgs,--cflags,$(LIBS) harfbuzz fribidi libzip) -fno-semantic-interposition -c -o $@ $<
$O/filters/%.o: filters/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL) -fvisibility=hidden -c -o $@ $<
$O/liboffprint.so: $(LIBOBJS)
	$(CC) $(SANFLAGS) -shared -Wl,-soname,liboffprint.so -Wl,-Bsymbolic -o $@ $^ $(call pkgs,--libs,$(LIBS)) -ldl -lm
$O/liboffprint.a: $(LIBOBJS)
	rm -f $@; $(AR) rcs $@ $^
$O/offprint: $(CLIOBJS) $O/liboffprint.so
	$(CC) $(SANFLAGS) -o $@ $(CLIOBJS) -L$O -loffprint -Wl,-rpath,'$$ORIGIN:$$ORIGIN/../lib'

.SECONDEXPANSION:
$O/modules/%.so: $$(call objs,$$(call dir,$$*)) $O/liboffprint.so
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) -shared -Wl,-Bsymbolic -o $@ $(filter %.o,$^) -L$O -loffprint $(call pkgs,--libs,$(LIBS_$*)) -lm
$O/filters/%.so: $$(if $$(wildcard filters/$$*),$$(call objs,filters/$$*),$O/filters/$$*.o) $O/liboffprint.so
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) -shared -o $@ $(filter %.o,$^) -L$O -loffprint -lm

clean:
	rm -rf build
.PHONY: all clean
-include $(shell find $O -name '*.d' 2>/dev/null)
