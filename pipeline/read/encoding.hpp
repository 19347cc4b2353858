// SPDX-License-Identifier: Apache-2.0
// In which encoding a text file is: decided on the whole file, never on its first bytes.
#pragma once

#include "model/cell.hpp"
#include "support/file.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kokai {

enum class Encoding : std::uint8_t { utf8, cp932, utf16le, utf16be, euc_jp, iso2022_jp };

std::string_view name_of(Encoding encoding);
/// By the name a person writes (UTF-8, Shift_JIS, CP932, windows-31j, EUC-JP …). Throws UsageError with the list.
Encoding encoding_named(std::string_view name);

struct EncodingSurvey {
    Encoding encoding = Encoding::utf8;
    std::uint32_t mark_bytes = 0;       // length of the byte order mark
    bool valid = true;                  // false: some bytes are no text in this encoding
    std::uint64_t first_bad_byte = 0;   // offset in the file, when not valid
    bool doubtful = false;              // another encoding fits as well
    std::uint64_t first_high_byte = 0;  // when doubtful: offset of the first byte beyond ASCII
};

/// Reads the whole file once. `wanted` empty = decide.
EncodingSurvey survey_encoding(const InputFile& file, std::string_view wanted);

/// Decodes CP932 with Microsoft's mapping (NEC and IBM extensions, user-defined characters to the private use area).
/// Bytes that are nothing are left out; `bad` gets the offset of the first one, or stays.
Cell decode_cp932(std::string_view bytes, Arena& into, std::size_t& bad);

enum class Cp932Character : std::uint8_t { none, ascii, half_width, wide };
/// The character at the beginning; `text` is not empty.
Cp932Character cp932_character(std::string_view text);
bool begins_cp932_pair(char byte);

/// Whether text that is CP932 makes Japanese words in UTF-8, too: two characters or more, all of which CP932 has. Such
/// a cell was pasted from another file.
bool reads_as_utf8_too(std::string_view bytes);

/// Whether CP932 reads every byte; the offset of the first that it does not, else npos.
std::size_t first_bad_cp932(std::string_view bytes);

/// The offset of the first byte that is no UTF-8, the size when all is.
std::size_t first_bad_utf8(std::string_view text);

/// Leaves out what is not UTF-8; `bad` as above.
Cell mend_utf8(std::string_view bytes, Arena& into, std::size_t& bad);

/// `8C F6`, four bytes at most.
std::string hex_of(std::string_view bytes);

/// Bytes of a file that are no text.
struct BadBytes {
    std::uint64_t offset = 0;  // in the file
    std::string hex;           // empty = there are none
};

/// What the transcoder could not read stands in its text as a mark of its own, which no UTF-8 text has.
bool has_bad_mark(std::string_view text);
/// The first of a text's marks; `without` gets the text that is left.
BadBytes take_bad_marks(std::string_view text, std::string& without);

/// Streaming conversion of the rare encodings to UTF-8 through ICU. Call with pieces in order, `last` with the final
/// one.
class Transcoder {
public:
    explicit Transcoder(Encoding from);
    ~Transcoder();
    Transcoder(const Transcoder&) = delete;
    Transcoder& operator=(const Transcoder&) = delete;
    Transcoder(Transcoder&&) = delete;
    Transcoder& operator=(Transcoder&&) = delete;

    /// Appends to `out`; returns the number of sequences that were no text (see has_bad_mark).
    std::size_t feed(std::string_view bytes, bool last, std::string& out);
    /// Bytes that stand before those fed (a byte order mark).
    void skip(std::uint64_t bytes) { fed_ += bytes; }

private:
    void append(const char16_t* unit, const char16_t* end, std::string& out);

    static constexpr std::uint64_t none = UINT64_MAX;
    bool two_byte_units_ = false;
    std::uint64_t fed_ = 0;           // bytes of the file before those of feed()
    std::uint64_t marked_to_ = none;  // where the bytes of the last mark end, if nothing has been read since
    void* from_ = nullptr;            // UConverter; ICU's header stays out of ours
    void* to_ = nullptr;
};

}  // namespace kokai
