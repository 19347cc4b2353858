// SPDX-License-Identifier: Apache-2.0
// CSV as the official templates are: UTF-8 with BOM, CRLF, the exact header on line 1; quotes only where RFC 4180 wants
// them.
#pragma once

#include "engine/stage.hpp"
#include "write/text/text_file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kokai {

enum class ByteOrderMark : std::uint8_t { with, without };

class CsvSink : public Sink {
public:
    /// `folder` is where the file is made, `name` its path in the report.
    CsvSink(std::filesystem::path folder, std::string name, std::string format, ByteOrderMark mark);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    std::filesystem::path folder_;
    std::string name_, format_;
    ByteOrderMark mark_;
    TextFile file_;
};

}  // namespace kokai
