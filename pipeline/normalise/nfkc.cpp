// SPDX-License-Identifier: Apache-2.0
// What NFKC would change and a city clerk would call damage. These stay in published text:
//   ① ⑴ Ⓐ ㈱ ㊤ ㋿ ㍻ ㎡ ㌔   enclosed, parenthesised and squared characters (a name is published as it is
//   registered) № ℡ ™ ℃ ℓ ⅓ Ⅱ            letterlike symbols, fractions, roman numerals ² ³ ½ ª º ⁿ ₂            10²
//   would become 102 … ‥ ″ ‼ ⁇ ‾ ¨ ´ ¸ ˘ ゛ ゜ marks that would fall into dots, primes or a space with a combining mark
//   神 福 﨑 塚               compatibility ideographs: another form of the character in a person's or a place's name
//   ゟ ヿ ㆑ ﴾ ︵ ﹣ ￥ ～     digraphs, kanbun marks, vertical and small forms, currency signs, the wave dash of
//   Windows
// 髙 〜 （ ） variation selectors and private-use characters: NFKC alone, or normalise_text(), leaves them.
#include "normalise/nfkc.hpp"

#include "model/error.hpp"
#include "normalise/utf8.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

namespace kokai {

namespace {

// In ICU's set notation.
constexpr const char* always_kept =
    R"(\u00A8\u00AA\u00AF\u00B2-\u00B5\u00B8-\u00BA\u00BC-\u00BE\u02B0-\u02B8\u02D8-\u02DD\u02E0-\u02E4)"
    R"(\u037A\u0384\u0385\u1FBD\u1FBF-\u1FC1\u1FCD-\u1FCF\u1FDD-\u1FDF\u1FED\u1FFD\u1FFE)"
    R"(\u2017\u2024-\u2026\u2033-\u2037\u203C\u203E\u2047-\u2049\u2057\u2070-\u209F\u20A8\u2100-\u218F)"
    R"(\u2200-\u22FF\u2460-\u24FF\u2A00-\u2AFF\u3192-\u319F\u309B\u309C\u309F\u30FF)"
    R"(\uF900-\uFAFF\uFE10-\uFE19\U0001F100-\U0001F2FF\U0002F800-\U0002FA1F)";

class Normaliser {
public:
    Normaliser(const icu::Normalizer2& base, const std::string& pattern)
        : set_(icu::UnicodeString::fromUTF8(pattern), status_), filtered_(base, set_) {
        set_.freeze();
        if (U_FAILURE(status_) != 0) {
            throw WorldError("ICU", std::string("ICU の文字集合を作れません: ") + u_errorName(status_),
                             std::string("cannot make a character set with ICU: ") + u_errorName(status_));
        }
    }

    [[nodiscard]] std::string operator()(std::string_view text) const {
        std::string result;
        result.reserve(text.size());
        UErrorCode status = U_ZERO_ERROR;
        icu::StringByteSink<std::string> sink(&result);
        filtered_.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                                status);
        if (U_FAILURE(status) != 0) {
            throw WorldError("ICU", std::string("ICU の正規化に失敗しました: ") + u_errorName(status),
                             std::string("ICU could not normalise a text: ") + u_errorName(status));
        }
        return result;
    }

private:
    UErrorCode status_ = U_ZERO_ERROR;
    icu::UnicodeSet set_;
    icu::FilteredNormalizer2 filtered_;
};

const icu::Normalizer2& icu_nfkc() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status) != 0 || normalizer == nullptr) {
        throw WorldError("ICU", std::string("ICU を使えません: ") + u_errorName(status),
                         std::string("ICU is not usable: ") + u_errorName(status));
    }
    return *normalizer;
}

std::string everything_but(const std::string& kept) {
    return "[[:Any:]-[" + kept + "]]";
}

/// Nothing that any of the forms below could change.
bool is_inert(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t run = utf8::inert_run(text, at);
        at += run;
        if (at < text.size() && text[at] != ' ' && text[at] != '\n') {
            return false;
        }
        ++at;
    }
    return true;
}

}  // namespace

std::string nfkc(std::string_view text, Fold fold) {
    if (is_inert(text)) {
        return std::string(text);
    }
    // Each is made on first use and only read afterwards: safe for any number of threads.
    switch (fold) {
    case Fold::text: {
        static const Normaliser normaliser(
            icu_nfkc(),
            everything_but(std::string(always_kept) + R"(\u3200-\u33FF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6)"));
        return normaliser(text);
    }
    case Fold::kana: {
        static const Normaliser normaliser(icu_nfkc(), R"([\u3041-\u309A\u309D\u309E\u30A0-\u30FE\uFF61-\uFF9F])");
        return normaliser(text);
    }
    case Fold::values: {
        static const Normaliser normaliser(
            icu_nfkc(), everything_but(std::string(always_kept) + R"(\u3200-\u32FE\u3300-\u337A\u337F-\u33FF)"));
        return normaliser(text);
    }
    case Fold::keys: {
        static const Normaliser normaliser(icu_nfkc(), "[:Any:]");
        return normaliser(text);
    }
    }
    return std::string(text);
}

}  // namespace kokai
