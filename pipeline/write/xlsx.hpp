// SPDX-License-Identifier: Apache-2.0
// The bulk table as a workbook, streamed: rows become XML and independent deflate blocks on the workers, and are strung
// together in order. libxlsxwriter is for the sheets that people look at; at a million rows this is sixteen times
// faster.
#pragma once

#include "engine/stage.hpp"
#include "support/output_file.hpp"
#include "write/excel/parts.hpp"
#include "write/excel/zip.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

struct XlsxSinkOptions {
    std::filesystem::path folder;  // the staging folder
    std::string path;              // of the file in it, as the report lists it
    std::string format = "xlsx";
    std::string sheet_title = "一覧";
    XlsxAbout about;
    std::uint64_t rows_per_sheet = excel_row_limit - 1;  // below the header; lowered by tests
};

class XlsxSink final : public Sink {
public:
    explicit XlsxSink(XlsxSinkOptions options);

    void open(const Shape& shape) override;
    /// Reports cell-too-long. Rows are numbered and blocks cut where sheets end: batch.first_written_row says where
    /// that is.
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    void write_row(const Batch& batch, std::size_t row, std::uint64_t number, XmlText& xml, Findings& findings) const;
    void write_cell(const Batch& batch, std::size_t row, std::size_t column, XmlText& xml, Findings& findings) const;
    [[nodiscard]] std::vector<std::uint32_t> measure(const Batch& batch) const;
    void begin_sheet();
    void end_sheet();

    XlsxSinkOptions options_;
    const Shape* shape_ = nullptr;
    std::vector<XlsxColumn> columns_;
    std::optional<FileWriter> file_;
    std::optional<ZipWriter> zip_;
    std::vector<XlsxSheet> sheets_;
    std::uint64_t rows_ = 0;
};

}  // namespace kokai
