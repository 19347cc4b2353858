// SPDX-License-Identifier: Apache-2.0
// KML, GML and GPX before any library sees them: looked over from end to end (no document type, no abyss of elements,
// no broken tags), in UTF-8 whatever they were saved in.
#pragma once

#include "read/encoding.hpp"
#include "read/xml_scanner.hpp"
#include "support/file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

/// The text of an XML file as UTF-8, without byte order mark. What is in UTF-8 comes as it is; of other encodings the
/// declaration, which would be wrong now, is left out.
class XmlText : public ByteSource {
public:
    /// Throws WorldError when the file names an encoding that is not known. `file` must outlive it.
    XmlText(const InputFile& file, std::string shown);
    std::size_t read(char* into, std::size_t size) override;
    [[nodiscard]] Encoding encoding() const { return encoding_; }
    /// Whether the file's own bytes are what read() gives.
    [[nodiscard]] bool is_plain() const { return encoding_ == Encoding::utf8 && begin_ == 0; }

private:
    void find_encoding();
    void decode(std::string_view bytes, bool last);
    bool refill();
    [[noreturn]] void refuse_encoding(std::string_view name) const;

    const InputFile& file_;
    std::string shown_;
    Encoding encoding_ = Encoding::utf8;
    std::uint64_t begin_ = 0, offset_ = 0;
    std::optional<Transcoder> transcoder_;
    std::string pending_;  // bytes of CP932 behind the last tag
    std::string text_;     // decoded and not handed out yet
    std::size_t at_ = 0;
    bool begun_ = false, ended_ = false;
};

/// Reads the whole file. Throws WorldError naming the place when it is no well-formed XML, declares a document type or
/// nests too deep.
void look_over_xml(const InputFile& file, const std::string& shown);

}  // namespace kokai
