// SPDX-License-Identifier: Apache-2.0
// The form in which writings of one place name are equal: 澤 and 沢, ヶ ケ が, ノ の 之, 四丁目 and 4丁目, with 大字
// and without. Names of the town list and addresses are folded by the same rules; each token knows its bytes in the
// text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

struct AddressToken {
    enum class Kind : std::uint8_t { letter, number, dash, mark };

    std::uint32_t begin = 0, end = 0;          // bytes of the text
    std::uint32_t key_begin = 0, key_end = 0;  // bytes of the key
    std::uint32_t number = 0;
    Kind kind = Kind::letter;
    bool gap = false;  // a space or a line break stands before it
    bool aza = false;  // 字 or 大字 stands before it
};

class AddressKey {
public:
    /// Folds at most `most` tokens of a text that is UTF-8 and went through normalise_text(). Memory is used again.
    void fold(std::string_view text, std::size_t most);

    [[nodiscard]] const std::vector<AddressToken>& tokens() const { return tokens_; }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    /// The key of the tokens [first, last).
    [[nodiscard]] std::string_view bytes(std::size_t first, std::size_t last) const {
        return first >= last ? std::string_view()
                             : std::string_view(bytes_).substr(tokens_[first].key_begin,
                                                               tokens_[last - 1].key_end - tokens_[first].key_begin);
    }

private:
    std::vector<AddressToken> tokens_;
    std::string bytes_;
};

/// The key of a whole name.
std::string address_key(std::string_view name);

/// The key of a number, as it stands within keys.
void append_number_key(std::string& key, std::uint32_t number);

/// 1 to 9 for 一 to 九 (and 壱 弐 参), 0 for anything else.
std::uint32_t number_letter(char32_t letter);

}  // namespace kokai
