# make            build everything into build/          make deps     install the packages it needs (Debian)
# make demo       convert the samples, from nothing     make check    run all tests, from nothing
# make install    PREFIX=/usr/local DESTDIR=            make floors   who includes whom
# SAN=1 beside any of them: with ASan and UBSan in build/san

CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
O       ?= build$(if $(SAN),/san)
WERROR   = $(if $(CI),-Werror)
WARN     = -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wswitch-enum -Wstrict-prototypes \
           -Wmissing-prototypes -Wwrite-strings -Wvla -Wpointer-arith -Wundef $(WERROR)
SANFLAGS = $(if $(SAN),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
HARFBUZZ := $(shell pkg-config --cflags harfbuzz 2>/dev/null)
ALL      = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) $(CFLAGS) $(SANFLAGS) -fPIC -Iinclude -Isrc -I$O/tables $(HARFBUZZ) -MMD -MP

# src/read/html and so on are modules: shared objects in $O/modules, opened on first use, each with its libraries
# and with the folders that only modules use (decoding images needs libraries that liboffprint must not load).
MODULES         = read-html read-epub write-epub write-pdf doctools-yaml
LIBS            = -lcmark -lyajl -lutf8proc -ldl -lm
WITH_read-html  = src/read/html/parse
WITH_write-epub = src/res/decode
WITH_write-pdf  = src/res/decode
LIBS_doctools-yaml = -lyaml
LIBS_read-epub  = -lzip -lexpat
LIBS_write-epub = -lzip -lpng -ljpeg -lwebp
LIBS_write-pdf  = -lhpdf -lharfbuzz -lharfbuzz-subset -lfribidi -ldeflate -lpng -ljpeg -lwebp -lm

folder   = src/$(subst -,/,$1)
objs     = $(patsubst %.c,$O/%.o,$(sort $(wildcard $(addsuffix /*.c,$1))))
DRAW     = $O/modules/draw-svg
LIBDIRS  = src src/base src/model src/res src/doctools src/read src/read/text src/filter src/write
LIBOBJS := $(call objs,$(LIBDIRS))
CLIOBJS := $(call objs,src/cli)
MODS    := $(patsubst %,$O/modules/%.so,$(MODULES))
FILTERS := $(patsubst filters/%.c,$O/filters/%.so,$(wildcard filters/*.c)) \
           $(patsubst filters/%/,$O/filters/%.so,$(filter %/,$(wildcard filters/*/)))
UNITS   := $(patsubst tests/unit/%.c,$O/tests/%,$(wildcard tests/unit/*.c))

# Hyphenation patterns, packed while building: NAME:DICTIONARY.  Without its dictionary a language is not hyphenated.
HYPH    = en-us:en_US en-gb:en_GB de:de_DE fr:fr es:es_ES it:it_IT pt-pt:pt_PT pt-br:pt_BR nl:nl_NL ru:ru_RU \
          sv:sv_SE da:da_DK nb:nb_NO nn:nn_NO pl:pl_PL cs:cs_CZ uk:uk_UA el:el_GR
HYPHDIR = /usr/share/hyphen
dic     = $(HYPHDIR)/hyph_$(patsubst $1:%,%,$(filter $1:%,$(HYPH))).dic
HYPHS  := $(foreach h,$(HYPH),$(if $(wildcard $(call dic,$(firstword $(subst :, ,$h)))),$O/hyph/$(firstword $(subst :, ,$h)).hyp))

all: $O/offprint $O/liboffprint.so $O/liboffprint.a $(MODS) $(DRAW) $(FILTERS) $(HYPHS)

# An object is as old as the start of its compiler: what is changed meanwhile is compiled again.
start    = @mkdir -p $(@D) && : >$@.start
finish   = @touch -r $@.start $@ && rm $@.start

$O/src/%.o: src/%.c
	$(start)
	$(CC) $(ALL) -fno-semantic-interposition -c -o $@ $<
	$(finish)
$O/filters/%.o: filters/%.c
	$(start)
	$(CC) $(filter-out -Isrc,$(ALL)) -fvisibility=hidden -c -o $@ $<
	$(finish)
# Folders are as old as the last file that came or went: without a file, what it was in is linked again.
$O/liboffprint.so: $(LIBOBJS) $(LIBDIRS) src/exports.map
	$(CC) $(SANFLAGS) -shared -Wl,-soname,liboffprint.so -Wl,-Bsymbolic -Wl,--version-script=src/exports.map -o $@ $(filter %.o,$^) $(LIBS)
$O/liboffprint.a: $(LIBOBJS) $(LIBDIRS)
	rm -f $@; $(AR) rcs $@ $(filter %.o,$^)
$O/offprint: $(CLIOBJS) $O/liboffprint.so
	$(CC) $(SANFLAGS) -o $@ $(CLIOBJS) -L$O -loffprint -Wl,-rpath,'$$ORIGIN:$$ORIGIN/../lib'

.SECONDARY:
.SECONDEXPANSION:
$O/modules/%.so: $$(call objs,$$(call folder,$$*) $$(WITH_$$*)) $$(call folder,$$*) $$(WITH_$$*) $O/liboffprint.so
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) -shared -Wl,-Bsymbolic -o $@ $(filter %.o,$^) -L$O -loffprint $(LIBS_$*)
# What draws SVG is a program: nothing else is linked with its libraries.
$O/modules/draw-svg: src/res/draw/draw.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) $(CFLAGS) $(SANFLAGS) $(patsubst -I%,-isystem %,$(shell pkg-config --cflags librsvg-2.0 fontconfig)) \
	    -o $@ $< $(shell pkg-config --libs librsvg-2.0 fontconfig)
$O/filters/%.so: $$(if $$(wildcard filters/$$*),$$(call objs,filters/$$*) filters/$$*,$O/filters/$$*.o) $O/liboffprint.so
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) -shared -o $@ $(filter %.o,$^) -L$O -loffprint -lm

# What cleanup knows of words and names becomes tables while building.
$O/tablegen: filters/cleanup/tablegen/tablegen.c $O/filters/cleanup/words.o $O/liboffprint.so
	$(CC) $(ALL) -o $@ $(filter %.c %.o,$^) -L$O -loffprint -Wl,-rpath,'$$ORIGIN'
$O/tables/cleanup_tables.h: $O/tablegen
	@mkdir -p $(@D)
	$O/tablegen >$@.new && mv $@.new $@
$(patsubst %,$O/filters/cleanup/%.o,vocab names tokens score text) $O/tests/cleanup: $O/tables/cleanup_tables.h

# The model of cleanup is learnt apart from every build, from pages with their articles marked:
# see filters/cleanup/train/train.py.
$O/blocks: filters/cleanup/train/blocks.c $(patsubst %,$O/filters/cleanup/%.o,words vocab names page context features kinds lines looks files tokens) \
           $O/liboffprint.so $O/modules/read-html.so $O/filters/metadata.so
	$(CC) $(ALL) -o $@ $(filter %.c %.o,$^) -L$O -loffprint -Wl,-rpath,'$$ORIGIN'

# So are the weights of metadata's signs: see filters/metadata/train/train.py.
$O/claims: filters/metadata/train/claims.c $(call objs,filters/metadata) $O/liboffprint.so $O/modules/read-html.so
	$(CC) $(ALL) -o $@ $(filter %.c %.o,$^) -L$O -loffprint -Wl,-rpath,'$$ORIGIN'

$O/hyphgen: src/write/pdf/hyphgen/hyphgen.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) $(CFLAGS) -o $@ $<
$O/hyph/%.hyp: $O/hyphgen
	@mkdir -p $(@D)
	$O/hyphgen $(call dic,$*) $@

# ---- tests; a unit test names the module that it looks into in its first line: /* needs: write-pdf */

# SHARED holds corpora/ and tools/: pages, hostile inputs, html5lib's tests.
SHARED  ?= ../shared
needs    = $(shell sed -n '1s,^/\* needs: \(.*\) \*/,\1,p' tests/unit/$1.c)
$O/tests/%: tests/unit/%.c $$(call objs,$$(foreach m,$$(call needs,$$*),$$(call folder,$$m) $$(WITH_$$m))) $O/liboffprint.so
	@mkdir -p $(@D)
	$(CC) $(ALL) -o $@ $< $(filter %.o,$^) -L$O -loffprint $(foreach m,$(call needs,$*),$(LIBS_$m)) -lcmocka \
	    -Wl,-rpath,$(abspath $O)
# how the HTML reader parses and decodes pages, for html5lib's tests
$O/html5lib: tests/html5lib/dump.c $(call objs,src/read/html $(WITH_read-html)) $O/liboffprint.so
	$(CC) $(ALL) -o $@ $(filter %.c %.o,$^) -L$O -loffprint -Wl,-rpath,'$$ORIGIN'
$O/tests/faults.so: tests/fault/faults.c
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CFLAGS) -std=c11 -fPIC -shared -o $@ $< -ldl
$O/serve: tests/long/serve.c $O/liboffprint.so
	$(CC) $(ALL) -o $@ $< -L$O -loffprint -Wl,-rpath,'$$ORIGIN'

$O/pages: tests/bench/pages.c $O/liboffprint.so
	$(CC) $(ALL) -o $@ $< -L$O -loffprint -Wl,-rpath,'$$ORIGIN'

check: deps-test
	@$(MAKE) --no-print-directory test
test: all $(UNITS) $O/tests/faults.so $O/html5lib
	@O=$O SAN=$(SAN) SHARED=$(SHARED) sh tests/run.sh
floors:
	@sh tests/floors.sh
demo: deps-build
	@$(MAKE) --no-print-directory all && O=$O sh samples/demo.sh

# Long runs, apart from check.
EVERY  ?= 1
PYTHON ?= /usr/bin/python3
corpora: all
	LIMIT=$(if $(SAN),60,5) O=$O sh tests/long/corpora.sh $(SHARED)/corpora/pages $(SHARED)/corpora/wcxb
hostile: all
	rm -rf $O/hostile && python3 $(SHARED)/tools/make_hostile.py $O/hostile --scale 0.1 >/dev/null
	LIMIT=$(if $(SAN),90,10) O=$O sh tests/long/hostile.sh $O/hostile
words: all $O/serve
	nice $(PYTHON) tests/long/words.py --every $(EVERY) $O/offprint $(SHARED)/corpora/pages $(SHARED)/corpora/wcxb
	nice $(PYTHON) tests/long/words_text.py --every $(EVERY) $O/offprint $(SHARED)/corpora/pages $(SHARED)/corpora/wcxb
explain: all
	nice $(PYTHON) tests/long/explain.py --every $(EVERY) $O/offprint $(SHARED)/corpora/pages $(SHARED)/corpora/wcxb
round: all $O/serve
	nice $(PYTHON) tests/long/round.py --every $(EVERY) $O/offprint $(SHARED)/corpora/pages $(SHARED)/corpora/wcxb
html5lib: $O/html5lib
	O=$O SHARED=$(SHARED) sh tests/html5lib.sh
unwrap: all
	nice $(PYTHON) tests/long/unwrap.py --every $(EVERY) $O/offprint $(SHARED)/corpora/wcxb $(SHARED)/corpora/pages
harm: all
	nice $(PYTHON) tests/long/harm.py --every $(EVERY) $O/offprint $(SHARED)/corpora/wcxb $(SHARED)/corpora/pages
linear: all
	nice $(PYTHON) tests/long/linear.py $O/offprint
bench: all $O/pages
	O=$O sh tests/bench/start.sh
	O=$O EVERY=$(if $(filter-out 1,$(EVERY)),$(EVERY),25) sh tests/bench/pages.sh $(SHARED)/corpora/wcxb/html $(SHARED)/corpora/pages/html

deps: deps-test
deps-build:
	@sh .ci/deps build
deps-test:
	@sh .ci/deps build test

# ---- install

DEST = $(DESTDIR)$(PREFIX)
install: all
	mkdir -p $(DEST)/bin $(DEST)/lib/offprint/modules $(DEST)/lib/offprint/filters $(DEST)/lib/pkgconfig \
	    $(DEST)/include/offprint $(DEST)/share/man/man1 $(DEST)/share/man/man7
	install -m 755 $O/offprint $(DEST)/bin
	install -m 755 $O/liboffprint.so $(DEST)/lib
	install -m 644 $O/liboffprint.a $(DEST)/lib
	install -m 755 $(MODS) $(DRAW) $(DEST)/lib/offprint/modules
	install -m 755 $(FILTERS) $(DEST)/lib/offprint/filters
	mkdir -p $(DEST)/lib/offprint/hyph && install -m 644 $(HYPHS) $(DEST)/lib/offprint/hyph
	install -m 644 include/offprint/* $(DEST)/include/offprint
	install -m 644 man/*.1 $(DEST)/share/man/man1
	install -m 644 man/*.7 $(DEST)/share/man/man7
	printf 'prefix=%s\nName: offprint\nDescription: document conversion toolkit\nVersion: %s\nCflags: -I$${prefix}/include\nLibs: -L$${prefix}/lib -loffprint\n' \
	    $(PREFIX) "$$($O/offprint --version | sed -n '1s/offprint //p')" >$(DEST)/lib/pkgconfig/offprint.pc

clean:
	rm -rf build
.PHONY: all check test floors demo corpora hostile words explain round unwrap harm html5lib linear bench
.PHONY: deps deps-build deps-test install clean
.DELETE_ON_ERROR:
-include $(shell find $O -name '*.d' 2>/dev/null)
