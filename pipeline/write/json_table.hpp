// SPDX-License-Identifier: Apache-2.0
// The table as a JSON array of objects, one row a line, keys in the order of the columns: what pandas, jq and a web
// page's fetch() read without further ado. All rows, also those without a position.
#pragma once

#include "engine/stage.hpp"
#include "write/text/json_properties.hpp"
#include "write/text/text_file.hpp"

#include <filesystem>
#include <string>

namespace kokai {

struct JsonTableOptions {
    std::filesystem::path folder;
    std::string name;  // file name
};

class JsonTableSink : public Sink {
public:
    explicit JsonTableSink(JsonTableOptions options);
    void open(const Shape& shape) override;
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    JsonTableOptions options_;
    JsonProperties properties_;
    TextFile file_;
};

}  // namespace kokai
