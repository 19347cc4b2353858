// SPDX-License-Identifier: Apache-2.0
// The file of a format that is a head, rows one after another as the workers encoded them, and a tail.
#pragma once

#include "engine/stage.hpp"
#include "support/output_file.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kokai {

class TextFile {
public:
    /// Creates `folder`/`name`; `name` is the file's path in the report.
    void open(const std::filesystem::path& folder, const std::string& name, std::string_view head) {
        name_ = name;
        file_.emplace(folder / name, name);
        file_->append(head);
    }
    void append(const Buffer& buffer) {
        file_->append(std::string_view(buffer.bytes));
        rows_ += buffer.rows;
    }
    OutputFile close(const std::string& format, std::string_view tail) {
        file_->append(tail);
        const WrittenFile written = file_->finish();
        return {format, name_, rows_, written.bytes, written.sha256};
    }

private:
    std::string name_;
    std::optional<FileWriter> file_;
    std::uint64_t rows_ = 0;
};

}  // namespace kokai
