// SPDX-License-Identifier: Apache-2.0
#include "map/readings.hpp"

#include "normalise/kana.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace kokai {
namespace {

constexpr std::string_view kana_suffix = "_カナ";

/// Full-width katakana and the marks that stand among them.
bool is_kana_letter(std::string_view letter) {
    return (letter >= "ァ" && letter <= "ヺ") || letter == "ー" || letter == "ヽ" || letter == "ヾ";
}

bool is_mark(std::string_view letter) {
    constexpr std::string_view marks = " .,-&()'/・　（）「」『』、。，．－‐＆／";
    return marks.find(letter) != std::string_view::npos;
}

struct Letters {
    bool any_kana = false, others = false;
};

Letters look_at(std::string_view text) {
    Letters found;
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text.front());
        const std::size_t size = std::min<std::size_t>(lead < 0x80   ? 1
                                                       : lead < 0xE0 ? 2
                                                       : lead < 0xF0 ? 3
                                                                     : 4,
                                                       text.size());
        const std::string_view letter = text.substr(0, size);
        found.any_kana = found.any_kana || is_kana_letter(letter);
        found.others = found.others || (!is_kana_letter(letter) && !is_mark(letter));
        text.remove_prefix(size);
    }
    return found;
}

}  // namespace

ProposedReading propose_reading(std::string_view name, std::string_view reading) {
    const std::string kana = normalise_kana_katakana(trimmed(reading.empty() ? name : reading)).value;
    const Letters letters = look_at(kana);
    if (!letters.any_kana || (reading.empty() && letters.others)) {
        return {};
    }
    return {kana, letters.others};
}

Shape ProposeReadings::bind(const Shape& in) {
    shape_ = in;
    pairs_.clear();
    for (std::size_t kana = 0; kana < in.columns.size(); ++kana) {
        const std::string& name = in.columns[kana].name;
        if (in.columns[kana].field == nullptr || !name.ends_with(kana_suffix)) {
            continue;
        }
        const std::size_t of = in.find(name.substr(0, name.size() - kana_suffix.size()));
        if (of == Shape::npos || in.columns[of].from.empty()) {
            continue;
        }
        pairs_.push_back({of, kana});
        if (shape_.columns[kana].from.empty()) {
            // The file has no such column: findings stand at the name, whose reading it is.
            shape_.columns[kana].from = in.columns[of].from;
            shape_.columns[kana].made = true;
        }
    }
    return shape_;
}

void ProposeReadings::run(Batch& batch, Findings& findings) const {
    for (const Pair& pair : pairs_) {
        const Column& names = batch.columns[pair.name];
        std::vector<Cell>& kana = batch.columns[pair.kana].cells;
        kana.resize(batch.size());
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const Cell name = trimmed(names.cells[row]);
            if (!trimmed(kana[row]).empty() || name.empty()) {
                continue;
            }
            const Cell reading = row < names.readings.size() ? names.readings[row] : Cell{};
            const ProposedReading proposed = propose_reading(name, reading);
            if (proposed.kana.empty() && names.readings.empty()) {
                continue;
            }
            if (proposed.kana.empty()) {
                findings.add(Code::furigana_absent, batch, row, pair.kana, shape_.columns[pair.kana], name);
                continue;
            }
            kana[row] = batch.bytes.keep(proposed.kana);
            findings.add(proposed.doubtful ? Code::furigana_doubtful : Code::furigana_proposed, batch, row, pair.kana,
                         shape_.columns[pair.kana], name, kana[row]);
        }
    }
}

}  // namespace kokai
