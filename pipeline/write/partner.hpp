// SPDX-License-Identifier: Apache-2.0
// The sheet that a partner service asks for, as its layout in schemas/partner/ says. It holds only rows that can be
// sent: one that lacks what the partner requires is a finding, and stays in every other output.
#pragma once

#include "engine/stage.hpp"
#include "model/dataset.hpp"
#include "model/layout.hpp"

#include <re2/re2.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kokai {

struct PartnerOptions {
    std::filesystem::path folder;  // the staging folder
    std::string path;              // of the file in it, as the report lists it: partner/102016_playground_iko-yo.xlsx
    Layout layout;
    Publisher publisher;
    std::string title, credit, license, modified;  // of the dataset
    std::uint64_t most_rows = 100000;  // more than a sheet made by hand could be: they are held until the end
};

class PartnerSink final : public Sink {
public:
    explicit PartnerSink(PartnerOptions options);

    void open(const Shape& shape) override;
    /// Reports partner-row-missing-value (expected = the missing items, found = the row's name) and cell-too-long.
    void encode(const Batch& batch, Buffer& buffer, Findings& findings) const override;
    void append(Buffer&& buffer) override;
    OutputFile close() override;

private:
    /// A source of the layout whose fields are columns of this table.
    struct Bound {
        const LayoutSource* source = nullptr;
        std::vector<std::size_t> columns;
        std::unique_ptr<RE2> except;
    };

    [[nodiscard]] std::vector<Bound> bind(const LayoutColumn& column, const Shape& shape) const;
    [[nodiscard]] bool is_numbered(std::size_t column) const;
    [[nodiscard]] std::string value(const std::vector<Bound>& sources, const Batch& batch, std::size_t row) const;
    [[nodiscard]] std::string value(const Bound& bound, const Batch& batch, std::size_t row) const;
    void keep_row(const std::vector<std::string>& values, Buffer& buffer) const;

    PartnerOptions options_;
    std::vector<std::vector<Bound>> columns_;  // one entry a column of the layout
    std::vector<std::string> collected_;       // rows in order, framed as keep_row() does
    std::uint64_t rows_ = 0;
};

}  // namespace kokai
