// SPDX-License-Identifier: Apache-2.0
// CSV and TSV as a Source: next() reads blocks and finds the fields in order, parse() makes cells of them side by side.
// A record number is what findings call a row: the header is 1, blank lines count, a line break inside quotes does not.
#pragma once

#include "engine/stage.hpp"
#include "model/dataset.hpp"
#include "read/csv_scan.hpp"
#include "read/encoding.hpp"
#include "read/left_out.hpp"
#include "read/table_finder.hpp"
#include "support/file.hpp"
#include "support/hash.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kokai {

struct CsvOptions {
    std::filesystem::path path;
    std::string shown;     // the name that findings print
    std::string name;      // the source's name in dataset.json
    std::string encoding;  // empty = decided on the whole file
    TablePin pin;          // what it leaves open is found
    Totals totals = Totals::leave_out;
    LeftOutWatch* watch = nullptr;
    std::uint16_t source = 0;
    /// A batch is so many records, or fewer when they do not fit into a block: cut by records, it is the same in every
    /// encoding.
    std::size_t batch_records = 1024;
    std::size_t block_bytes = 1U << 20U;       // read at once; more when the records before needed it
    std::size_t most_block_bytes = 8U << 20U;  // longer blocks are for one record only
};

class CsvSource : public Source {
public:
    explicit CsvSource(CsvOptions options);
    Shape open(Findings& findings) override;
    bool next(Batch& batch, Findings& findings) override;
    void parse(Batch& batch, Findings& findings) const override;
    void end(Findings& findings) override;
    [[nodiscard]] std::vector<SourceInfo> about() const override;
    [[nodiscard]] std::uint64_t size() const override;
    [[nodiscard]] std::uint64_t position() const override { return read_; }

private:
    /// Records read and cut, whose cells nobody has made yet.
    struct Block {
        std::vector<char> raw;
        std::vector<std::uint32_t> marks;
        std::size_t records = 0;
        std::uint64_t first_byte = 0;  // of raw, in the file
    };
    /// Why a field's bytes are in doubt.
    struct Doubt {
        Code code = Code::encoding_broken;
        std::string text;  // what can be read
        std::string found, expected;
    };
    struct DoubtfulCell {
        std::uint32_t record = 0, column = 0;
        Doubt doubt;
    };

    Grid look_ahead(Findings& findings);
    void add_to(Grid& grid, const Block& block, std::uint64_t before, std::vector<std::uint32_t>& widths);
    void tell_doubts_beside_data(Findings& findings);
    void tell_doubtful_file(const Grid& grid, Findings& findings) const;
    Shape make_shape(const Grid& grid, const std::vector<std::uint32_t>& widths, Findings& findings);
    [[nodiscard]] std::vector<std::string> header_as_written(std::size_t width) const;
    void index_layout(const Grid& grid);
    void parse_vertical(Batch& batch, Findings& findings) const;
    /// A cell that said no more than 〃.
    struct Ditto {
        std::uint32_t column = 0;  // of the source, from 1
        Cell found, above;
    };
    void finish_line(std::uint32_t row, std::vector<Cell>& line, Batch& batch, std::vector<Ditto>& dittos) const;
    void fill_dittos_as_read(std::vector<Cell>& line, Batch& batch, std::vector<Ditto>& dittos) const;
    void carry_dittos(Batch& batch);
    bool read_record(Batch& batch, std::size_t marks_at, std::uint64_t record, std::vector<Cell>& line) const;
    [[nodiscard]] std::size_t column_at(std::size_t field) const;
    void tell_dittos(const std::vector<Ditto>& dittos, const Batch& batch, Findings& findings) const;
    void keep_origins(std::uint32_t row, Batch& batch) const;
    void add_second_line(std::uint32_t row, std::size_t to, Batch& batch) const;
    void leave_out(RowRole role, std::uint32_t row, const std::vector<Cell>& line, Findings& findings) const;
    void show_left_out(Batch& batch, std::size_t marks_at, std::uint32_t record) const;
    bool read_block(Block& block, Findings& findings);
    std::size_t append_bytes(std::vector<char>& raw, std::size_t wanted);
    Cell text_of(Batch& batch, std::string_view raw, std::uint32_t begin, std::uint32_t end_mark, bool& doubtful) const;
    Doubt doubt_of(std::string_view raw, std::uint64_t first_byte, std::uint32_t begin, std::uint32_t end_mark) const;

    CsvOptions options_;
    std::optional<InputFile> file_;
    EncodingSurvey survey_;
    std::unique_ptr<Transcoder> transcoder_;
    std::optional<CsvScanner> scanner_;
    Sha256 digest_;
    SourceInfo about_;

    std::size_t wanted_bytes_ = 0;  // the next block
    std::vector<char> carried_;     // the beginning of a record whose end has not been read yet
    std::vector<Block> waiting_;    // the blocks that open() had to look at, the first one last
    bool at_end_ = false;
    std::uint64_t read_ = 0;       // bytes of the file read
    std::uint64_t next_byte_ = 0;  // where the next block begins
    std::uint64_t next_record_ = 1;
    std::uint64_t scanned_ = 0;          // records before the next block
    std::vector<std::uint32_t> widths_;  // fields per record, of those that open() looked at
    std::vector<DoubtfulCell> doubts_;   // among what open() looked at
    TableLayout layout_;
    RowJudge judge_;
    std::size_t section_column_ = static_cast<std::size_t>(-1);
    struct Added {
        std::uint32_t column = 0;  // of the source, from 1
        std::uint32_t from_row = 0;
        std::string text;
        bool ditto = false;  // in the place of 〃
    };
    std::unordered_map<std::uint32_t, std::vector<Added>> filled_;     // per record: what blank cells take from above
    std::unordered_map<std::uint32_t, std::vector<Added>> seconds_;    // per record: its second line, by its columns
    std::unordered_map<std::uint32_t, std::vector<Added>> continued_;  // per record: what stands in the next ones
    /// For batches that begin below 〃: the last value of every source column before them, by first record.
    std::vector<std::string> before_;
    mutable std::unordered_map<std::uint64_t, std::vector<std::string>> carried_dittos_;
    mutable std::mutex carried_dittos_lock_;
    std::size_t literal_quote_ = static_cast<std::size_t>(-1);
    mutable std::atomic<std::uint64_t> data_rows_{0};  // counted side by side
    std::vector<bool> published_;                      // per source column: false = no header and nothing below it
    std::vector<ColumnInfo> places_;                   // for findings of parse(): one per source column
};

}  // namespace kokai
