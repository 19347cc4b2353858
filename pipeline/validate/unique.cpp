// SPDX-License-Identifier: Apache-2.0
#include "validate/unique.hpp"

#include "model/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace kokai {
namespace {

/// A 64-bit hash that is the same on every machine: eight bytes a step, multiply and fold.
std::uint64_t fingerprint_of(std::uint64_t seed, std::string_view text) {
    constexpr std::uint64_t a = 0x9E3779B97F4A7C15ULL;
    constexpr std::uint64_t b = 0xD6E8FEB86659FD93ULL;
    const auto mix = [](std::uint64_t value) {
        value ^= value >> 32U;
        value *= b;
        value ^= value >> 32U;
        value *= b;
        return value ^ (value >> 32U);
    };
    std::uint64_t hash = seed ^ (text.size() * a);
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        hash = mix(hash ^ word) + a;
    }
    std::uint64_t word = 0;
    if (i < text.size()) {  // an empty cell may have no bytes to point at
        std::memcpy(&word, text.data() + i, text.size() - i);
    }
    return mix(hash ^ word);
}

}  // namespace

UniqueKey::UniqueKey(std::vector<std::string> columns, std::size_t slots_at_most)
    : names_(std::move(columns)), slots_at_most_(slots_at_most) {}

void UniqueKey::bind(const Shape& shape) {
    shape_ = &shape;
    for (const std::string& name : names_) {
        if (const std::size_t column = shape.find(name); column != Shape::npos) {
            columns_.push_back(column);
        }
    }
    slots_.assign(std::min<std::size_t>(4096, slots_at_most_), 0);
}

void UniqueKey::admit(Batch& batch, Findings& findings) {
    if (columns_.empty()) {
        return;
    }
    // All of them first: their slots lie far apart in memory and are fetched while others are looked at.
    fingerprints_.assign(batch.size(), 0);
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (batch.states[row] != RowState::kept) {
            continue;
        }
        std::uint64_t fingerprint = 0;
        bool any = false;
        for (const std::size_t column : columns_) {
            const Cell cell = batch.columns[column].cells[row];
            fingerprint = fingerprint_of(fingerprint + 1, cell);
            any = any || !cell.empty();
        }
        if (any) {
            fingerprints_[row] = fingerprint == 0 ? 1 : fingerprint;
        }
    }
    constexpr std::size_t ahead = 16;
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (row + ahead < batch.size()) {
            __builtin_prefetch(&slots_[fingerprints_[row + ahead] & (slots_.size() - 1)], 1);
        }
        if (fingerprints_[row] != 0 && !insert(fingerprints_[row])) {
            findings.add(Code::id_duplicate, batch, row, columns_.back(), shape_->columns[columns_.back()],
                         batch.columns[columns_.back()].cells[row]);
        }
    }
}

bool UniqueKey::insert(std::uint64_t fingerprint) {
    if (used_ * 4 >= slots_.size() * 3) {
        if (slots_.size() * 2 <= slots_at_most_) {
            grow();
        } else {
            spill();
        }
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = fingerprint & mask;; at = (at + 1) & mask) {
        if (slots_[at] == fingerprint) {
            return false;
        }
        if (slots_[at] == 0) {
            slots_[at] = fingerprint;
            ++used_;
            return true;
        }
    }
}

void UniqueKey::grow() {
    std::vector<std::uint64_t> former(slots_.size() * 2, 0);
    former.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const std::uint64_t fingerprint : former) {
        if (fingerprint != 0) {
            std::size_t at = fingerprint & mask;
            while (slots_[at] != 0) {
                at = (at + 1) & mask;
            }
            slots_[at] = fingerprint;
        }
    }
}

void UniqueKey::spill() {
    std::vector<std::uint64_t> sorted;
    sorted.swap(slots_);
    sorted.erase(std::remove(sorted.begin(), sorted.end(), 0), sorted.end());
    std::sort(sorted.begin(), sorted.end());
    std::unique_ptr<std::FILE, FileCloser> run(std::tmpfile());
    if (!run || std::fwrite(sorted.data(), sizeof(std::uint64_t), sorted.size(), run.get()) != sorted.size()) {
        const std::string system = std::generic_category().message(errno);
        throw WorldError({}, "一時ファイルに書けません（" + system + "）",
                         "cannot write a temporary file (" + system + ")");
    }
    std::rewind(run.get());
    runs_.push_back(std::move(run));
    sorted.clear();
    slots_.assign(slots_at_most_, 0);
    used_ = 0;
}

/// IDs that are in two runs: too late to withhold a row, early enough to stop the dataset.
void UniqueKey::end(Findings& findings) {
    if (runs_.empty()) {
        return;
    }
    spill();
    constexpr std::size_t piece = 8192;
    struct Reader {
        std::FILE* file = nullptr;
        std::vector<std::uint64_t> buffer;
        std::size_t at = 0;
        bool next(std::uint64_t& value) {
            if (at == buffer.size()) {
                buffer.resize(piece);
                buffer.resize(std::fread(buffer.data(), sizeof(std::uint64_t), piece, file));
                at = 0;
                if (buffer.empty()) {
                    return false;
                }
            }
            value = buffer[at++];
            return true;
        }
    };
    std::vector<Reader> readers;
    std::vector<std::pair<std::uint64_t, std::size_t>> heads;  // smallest on top
    const auto after = [](const auto& one, const auto& other) { return one.first > other.first; };
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        readers.push_back({runs_[i].get(), {}, 0});
        std::uint64_t value = 0;
        if (readers[i].next(value)) {
            heads.emplace_back(value, i);
        }
    }
    std::make_heap(heads.begin(), heads.end(), after);
    std::uint64_t former = 0;
    std::uint64_t doubled = 0;
    while (!heads.empty()) {
        std::pop_heap(heads.begin(), heads.end(), after);
        auto [value, from] = heads.back();
        heads.pop_back();
        doubled += value == former ? 1U : 0U;
        former = value;
        if (readers[from].next(value)) {
            heads.emplace_back(value, from);
            std::push_heap(heads.begin(), heads.end(), after);
        }
    }
    if (doubled > 0) {
        const Place where{0, 0, 0, 0, &shape_->columns[columns_.back()]};
        findings.add(Code::id_duplicate, where, std::to_string(doubled) + "件");
    }
    runs_.clear();
}

}  // namespace kokai
