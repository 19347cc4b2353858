// SPDX-License-Identifier: Apache-2.0
// Texts of a workbook: shared or inline, rich text joined. Furigana (rPh) stand inside the text's own element and are
// never part of the value; every ready-made reader that we tried mixes them in.
#pragma once

#include "read/xlsx_package.hpp"
#include "read/xml_scanner.hpp"
#include "support/text_store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class Readings : std::uint8_t { leave, keep };

/// Furigana over a part of a text, counted in UTF-16 units as Excel does.
struct ReadingRun {
    std::uint32_t begin = 0, end = 0;
    std::string text;
};

/// As Excel's PHONETIC(): the furigana in place of what they stand over, the rest as it is.
std::string join_reading(std::string_view value, const std::vector<ReadingRun>& runs);

/// Reads one <si> or <is>. Buffers are used again for the next.
class RichTextReader {
public:
    explicit RichTextReader(Readings readings) : readings_(readings) {}

    /// The scanner stands on the start of the element; it goes to its end.
    void read(XmlScanner& scanner);
    [[nodiscard]] const std::string& value() const { return value_; }
    /// Empty when there are no furigana.
    [[nodiscard]] const std::string& reading() const { return reading_; }

private:
    void read_text(XmlScanner& scanner, std::string& into);
    void read_phonetic(XmlScanner& scanner);

    Readings readings_;
    std::string value_, reading_, piece_;
    std::vector<ReadingRun> runs_;
};

/// Excel writes characters that XML cannot hold as _x000D_ and the like; decodes them in place.
void decode_escapes(std::string& text);

class SharedStrings {
public:
    SharedStrings(Readings readings, std::size_t memory_limit = TextStore::usual_limit);

    /// Reads the whole part. Throws WorldError.
    void load(const XlsxPackage& package, const std::string& part);
    /// One more behind the others.
    void append(std::string_view value, std::string_view reading) {
        values_.append(value);
        if (!readings_ || (!any_readings_ && reading.empty())) {
            return;
        }
        any_readings_ = true;
        while (readings_->size() + 1 < values_.size()) {
            readings_->append({});  // those before the first one
        }
        readings_->append(reading);
    }
    [[nodiscard]] bool any_readings() const { return any_readings_; }
    [[nodiscard]] std::uint64_t size() const { return values_.size(); }
    /// Copies into the arena; index below size().
    Cell value(std::uint64_t index, Arena& into) { return values_.read(index, into); }
    Cell reading(std::uint64_t index, Arena& into) { return any_readings_ ? readings_->read(index, into) : Cell{}; }

private:
    TextStore values_;
    std::optional<TextStore> readings_;
    bool any_readings_ = false;
};

}  // namespace kokai
