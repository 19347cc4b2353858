// SPDX-License-Identifier: Apache-2.0
#include "validate/fingerprints.hpp"

#include "model/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace kokai {

namespace {

constexpr std::size_t at_first = 256;  // slots of a part

std::uint64_t mixed(std::uint64_t value) {
    value *= 0xD6E8FEB86659FD93ULL;
    return value ^ (value >> 32U);
}

/// So many bytes as a number; a copy of a known size is one instruction.
template <typename Word>
std::uint64_t word_at(const char* at) {
    Word word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

}  // namespace

std::uint64_t fingerprint_of(std::uint64_t seed, std::string_view text) {
    const char* const begin = text.data();
    const std::size_t size = text.size();
    std::uint64_t hash = mixed(seed + 0x9E3779B97F4A7C15ULL) ^ size;
    std::uint64_t last = 0;
    if (size >= 8) {
        for (std::size_t i = 0; i + 8 < size; i += 8) {
            hash = mixed(hash ^ word_at<std::uint64_t>(begin + i));
        }
        last = word_at<std::uint64_t>(begin + size - 8);  // overlaps what came before, and that is no harm
    } else if (size >= 4) {
        last = (word_at<std::uint32_t>(begin) << 32U) | word_at<std::uint32_t>(begin + size - 4);
    } else {
        for (const char c : text) {
            last = (last << 8U) | static_cast<unsigned char>(c);
        }
    }
    return mixed(mixed(hash ^ last));
}

Fingerprints::Fingerprints(std::size_t slots_at_most)
    : parts_(slots_at_most >= at_first * most_parts ? most_parts : 1),
      part_slots_at_most_(slots_at_most / parts_.size()) {
    for (Part& part : parts_) {
        part.slots.assign(std::min(at_first, part_slots_at_most_), 0);
    }
}

bool Fingerprints::insert(std::uint64_t fingerprint) {
    fingerprint = fingerprint == 0 ? 1 : fingerprint;  // 0 is an empty slot
    Part& part = parts_[number_of_part(fingerprint)];
    if (part.is_full()) {
        if (part.slots.size() * 2 <= part_slots_at_most_) {
            part.grow();
        } else {
            spill();
        }
    }
    const std::size_t mask = part.slots.size() - 1;
    for (std::size_t at = fingerprint & mask;; at = (at + 1) & mask) {
        if (part.slots[at] == fingerprint) {
            return false;
        }
        if (part.slots[at] == 0) {
            part.slots[at] = fingerprint;
            ++part.used;
            return true;
        }
    }
}

void Fingerprints::Part::grow() {
    std::vector<std::uint64_t> former(slots.size() * 2, 0);
    former.swap(slots);
    const std::size_t mask = slots.size() - 1;
    for (const std::uint64_t fingerprint : former) {
        if (fingerprint != 0) {
            std::size_t at = fingerprint & mask;
            while (slots[at] != 0) {
                at = (at + 1) & mask;
            }
            slots[at] = fingerprint;
        }
    }
}

void Fingerprints::spill() {
    std::unique_ptr<std::FILE, FileCloser> run(std::tmpfile());
    bool written = run != nullptr;
    for (Part& part : parts_) {  // one after another they are sorted as a whole: a part is the highest bits
        std::vector<std::uint64_t> sorted(part.slots);
        sorted.erase(std::remove(sorted.begin(), sorted.end(), 0), sorted.end());
        std::sort(sorted.begin(), sorted.end());
        written =
            written && std::fwrite(sorted.data(), sizeof(std::uint64_t), sorted.size(), run.get()) == sorted.size();
        std::fill(part.slots.begin(), part.slots.end(), 0);
        part.used = 0;
    }
    if (!written) {
        const std::string system = std::generic_category().message(errno);
        throw WorldError({}, "一時ファイルに書けません（" + system + "）",
                         "cannot write a temporary file (" + system + ")");
    }
    std::rewind(run.get());
    runs_.push_back(std::move(run));
}

std::uint64_t Fingerprints::doubled_in_spills() {
    if (runs_.empty()) {
        return 0;
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
    runs_.clear();
    return doubled;
}

}  // namespace kokai
