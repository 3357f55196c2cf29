/* offprint.h - all of the public interface. */
#ifndef OFFPRINT_H
#define OFFPRINT_H
#include "offprint/base.h"
#include "offprint/doc.h"
#include "offprint/filter.h"
#include "offprint/convert.h"
#endif
