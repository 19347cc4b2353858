// SPDX-License-Identifier: Apache-2.0
// A wrong world: thrown where it is known, caught once in kokai.cpp, each with its documented exit code. Wrong data is
// never thrown.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace kokai {

enum class Exit : int {
    done = 0,
    data_errors = 1,
    usage = 2,
    layout = 3,
    world = 4,
    catalog = 5,
    gate = 6,
    locked = 7,
    interrupted = 130,
    terminated = 143
};

/// What went wrong, where, in both languages. `what()` is the English sentence.
class Error : public std::runtime_error {
public:
    Error(Exit exit_code, std::string file_name, std::string place, std::string japanese, std::string english)
        : std::runtime_error(english), exit_(exit_code), file_(std::move(file_name)), where_(std::move(place)),
          ja_(std::move(japanese)), en_(std::move(english)) {}

    [[nodiscard]] Exit exit() const { return exit_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] const std::string& where() const { return where_; }
    [[nodiscard]] const std::string& ja() const { return ja_; }
    [[nodiscard]] const std::string& en() const { return en_; }

private:
    Exit exit_;
    std::string file_, where_, ja_, en_;
};

/// The command line is wrong (exit 2).
struct UsageError : Error {
    UsageError(std::string ja, std::string en) : Error(Exit::usage, {}, {}, std::move(ja), std::move(en)) {}
};

/// A source cannot be opened as what it is, or file, disk, memory, library failed (exit 4).
struct WorldError : Error {
    WorldError(std::string file, std::string ja, std::string en, std::string where = {})
        : Error(Exit::world, std::move(file), std::move(where), std::move(ja), std::move(en)) {}
};

/// Another run holds the lock (exit 7).
struct LockedError : Error {
    LockedError(std::string file, std::string ja, std::string en)
        : Error(Exit::locked, std::move(file), {}, std::move(ja), std::move(en)) {}
};

/// Stopped by a signal (exit 130 or 143).
struct Interrupted : Error {
    explicit Interrupted(Exit exit_code) : Error(exit_code, {}, {}, "中断しました", "interrupted") {}
};

/// One mistake in a dataset file, schema or layout. `pointer` is a JSON pointer.
struct Mistake {
    std::string file, pointer, ja, en;
};

/// A dataset file, schema or layout is wrong (exit 3): every mistake at once.
struct LayoutError : Error {
    explicit LayoutError(std::vector<Mistake> all)
        : Error(Exit::layout, all.empty() ? "" : all.front().file, all.empty() ? "" : all.front().pointer,
                joined(all, true), joined(all, false)),
          mistakes(std::move(all)) {}

    std::vector<Mistake> mistakes;

private:
    static std::string joined(const std::vector<Mistake>& all, bool ja) {
        std::string text;
        for (const Mistake& mistake : all) {
            text += (text.empty() ? "" : "\n") + mistake.file + (mistake.pointer.empty() ? "" : "#" + mistake.pointer) +
                    ": " + (ja ? mistake.ja : mistake.en);
        }
        return text;
    }
};

}  // namespace kokai
