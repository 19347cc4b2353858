// SPDX-License-Identifier: Apache-2.0
// A converter of ICU, closed with its owner.
#pragma once

#include "model/error.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <memory>
#include <string>

namespace kokai {

struct IcuConverterCloser {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using IcuConverter = std::unique_ptr<UConverter, IcuConverterCloser>;

inline IcuConverter open_icu_converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    IcuConverter converter(ucnv_open(name, &status));
    if (U_FAILURE(status) != 0) {
        throw WorldError({}, std::string("ICU が文字コード ") + name + " を知りません",
                         std::string("ICU does not know ") + name);
    }
    return converter;
}

}  // namespace kokai
