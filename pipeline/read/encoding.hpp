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
    std::uint32_t mark_bytes = 0;      // length of the byte order mark
    bool valid = true;                 // false: some bytes are no text in this encoding
    std::uint64_t first_bad_byte = 0;  // offset in the file, when not valid
    bool doubtful = false;             // another encoding fits as well
};

/// Reads the whole file once. `wanted` empty = decide.
EncodingSurvey survey_encoding(const InputFile& file, std::string_view wanted);

/// Decodes CP932 with Microsoft's mapping (NEC and IBM extensions, user-defined characters to the private use area).
/// Bytes that are nothing are left out; `bad` gets the offset of the first one, or stays.
Cell decode_cp932(std::string_view bytes, Arena& into, std::size_t& bad);

/// Whether CP932 reads every byte; the offset of the first that it does not, else npos.
std::size_t first_bad_cp932(std::string_view bytes);

/// Leaves out what is not UTF-8; `bad` as above.
Cell mend_utf8(std::string_view bytes, Arena& into, std::size_t& bad);

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

    /// Appends to `out`; returns the number of sequences that were no text (left out).
    std::size_t feed(std::string_view bytes, bool last, std::string& out);

private:
    void* from_ = nullptr;  // UConverter; ICU's header stays out of ours
    void* to_ = nullptr;
};

}  // namespace kokai
