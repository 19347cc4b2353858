// SPDX-License-Identifier: Apache-2.0
// Texts of a workbook: shared or inline, rich text joined. Furigana (rPh) stand inside the text's own element and are
// never part of the value; every ready-made reader that we tried mixes them in.
#pragma once

#include "read/strikes.hpp"
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

    /// Parts that are plain count, too: the workbook has cells that are struck out as a whole.
    void tell_plain_parts() { tells_plain_ = true; }

    /// The scanner stands on the start of the element; it goes to its end.
    void read(XmlScanner& scanner);
    [[nodiscard]] const std::string& value() const { return value_; }
    /// Empty when there are no furigana.
    [[nodiscard]] const std::string& reading() const { return reading_; }
    /// Which parts of the value are struck out (strikes.hpp); empty when none says anything. They are still in the
    /// value, but their furigana are not in the reading.
    [[nodiscard]] const std::string& strikes() const { return kept_strikes_; }

private:
    void read_text(XmlScanner& scanner, std::string& into);
    void read_run(XmlScanner& scanner);
    void read_phonetic(XmlScanner& scanner);
    void leave_out_struck_readings(std::string& visible);

    Readings readings_;
    bool tells_plain_ = false;
    std::string value_, reading_, piece_, kept_strikes_;
    Strikes strikes_;
    std::vector<ReadingRun> runs_;
};

/// Excel writes characters that XML cannot hold as _x000D_ and the like; decodes them in place.
void decode_escapes(std::string& text);

class SharedStrings {
public:
    SharedStrings(Readings readings, std::size_t memory_limit = TextStore::usual_limit);

    /// Reads the whole part. `struck_cells`: the workbook has cells that are struck out as a whole. Throws WorldError.
    void load(const XlsxPackage& package, const std::string& part, bool struck_cells = false);
    /// One more behind the others.
    void append(std::string_view value, std::string_view reading, std::string_view strikes = {});
    [[nodiscard]] bool any_readings() const { return any_readings_; }
    /// Whether any text has parts that are struck out.
    [[nodiscard]] bool any_strikes() const { return strikes_.has_value(); }
    Cell strikes(std::uint64_t index, Arena& into) {
        return strikes_ && index < strikes_->size() ? strikes_->read(index, into) : Cell{};
    }
    [[nodiscard]] std::uint64_t size() const { return values_.size(); }
    /// Copies into the arena; index below size().
    Cell value(std::uint64_t index, Arena& into) { return values_.read(index, into); }
    Cell reading(std::uint64_t index, Arena& into) { return any_readings_ ? readings_->read(index, into) : Cell{}; }

private:
    std::size_t memory_limit_;
    TextStore values_;
    std::optional<TextStore> readings_, strikes_;
    bool any_readings_ = false;
};

}  // namespace kokai
