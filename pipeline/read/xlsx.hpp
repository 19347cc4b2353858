// SPDX-License-Identifier: Apache-2.0
// One table of one sheet of a workbook (.xlsx, .xlsm; macros are never looked at) as a Source. Rows that are wholly
// empty are left out; Origin::row is the row that Excel shows, SourceColumn::number the number of its column.
#pragma once

#include "engine/stage.hpp"
#include "model/dataset.hpp"
#include "read/sheet_book.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

class InputFile;

struct XlsxOptions {
    std::filesystem::path path;
    std::string shown;  // the name that findings print
    std::string name;   // the source's name in dataset.json
    std::string sheet;  // empty = the first visible sheet that holds anything
    TablePin pin;       // header_row 0 = the first row that is not empty
    std::uint16_t source = 0;
    /// Adds a column `<name>#furigana` for every column, behind all of them: the readings kept with its texts, empty
    /// where none.
    Readings furigana = Readings::leave;
};

class XlsxSource : public Source {
public:
    explicit XlsxSource(XlsxOptions options);
    ~XlsxSource() override;
    XlsxSource(const XlsxSource&) = delete;
    XlsxSource& operator=(const XlsxSource&) = delete;
    XlsxSource(XlsxSource&&) = delete;
    XlsxSource& operator=(XlsxSource&&) = delete;

    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override { return {about_}; }
    [[nodiscard]] std::uint64_t size() const override;
    [[nodiscard]] std::uint64_t position() const override;

    /// The merged ranges of the sheet; of a large sheet known only after the last batch.
    [[nodiscard]] const std::vector<CellRange>& merges() const { return merges_; }

private:
    struct Trouble {
        std::uint32_t column = 0;  // of the batch
        Code code{};
        Cell found, repaired;
    };

    void choose_sheet();
    bool go_to_content(std::size_t sheet);
    void go_to_header();
    Shape read_header(Findings& findings);
    [[nodiscard]] bool survey_needed(const std::vector<std::string>& header) const;
    void survey(std::vector<std::uint64_t>& filled);
    [[nodiscard]] bool is_data_row(std::uint32_t row) const;
    std::size_t read_line(Batch& batch, std::uint32_t& surplus);
    void add_line(Batch& batch, std::uint32_t surplus, Findings& findings);
    [[nodiscard]] std::string digest() const;

    XlsxOptions options_;
    std::unique_ptr<InputFile> file_;
    std::unique_ptr<SheetBook> book_;
    std::unique_ptr<SheetRows> reader_;
    SourceInfo about_;
    Shape shape_;
    std::uint16_t sheet_ = 0;
    std::uint32_t header_row_ = 0;
    std::vector<std::size_t> column_of_;  // of the batch, per column of the sheet; npos = not in the Shape
    std::vector<CellRange> merges_;
    bool ended_ = false;

    SheetRow row_;  // buffers that are used again for every row
    std::vector<Cell> line_;
    std::vector<Trouble> troubles_;
};

}  // namespace kokai
