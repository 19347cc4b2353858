// SPDX-License-Identifier: Apache-2.0
// The module kokai_phone.so: libphonenumber behind one plain C function, for the test that holds our tables against it.
#include <phonenumbers/phonenumberutil.h>

#include <cstdlib>
#include <exception>
#include <string>

/// Formats a national number (digits with the leading 0) with hyphens. Answers the length written, 0 when the library
/// knows no grouping for it. `out` gets no terminating zero.
extern "C" __attribute__((visibility("default"))) int kokai_phone_format(const char* digits, char* out,
                                                                         int capacity) noexcept {
    using i18n::phonenumbers::PhoneNumber;
    using i18n::phonenumbers::PhoneNumberUtil;
    try {
        PhoneNumber number;
        number.set_country_code(81);
        number.set_national_number(std::strtoull(digits, nullptr, 10));
        std::string text;
        PhoneNumberUtil::GetInstance()->Format(number, PhoneNumberUtil::NATIONAL, &text);
        if (text.find('-') == std::string::npos || text.size() > static_cast<std::size_t>(capacity)) {
            return 0;
        }
        text.copy(out, text.size());
        return static_cast<int>(text.size());
    } catch (const std::exception&) {
        return 0;
    }
}
