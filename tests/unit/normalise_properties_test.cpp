// SPDX-License-Identifier: Apache-2.0
// What holds for a column of every kind, whatever stands in it: no cell changes without a finding, a second pass
// changes nothing more, and what is in the cell afterwards is either of the field's form or has been told. Cells: both
// lists of cases, mixtures of their pieces, and random bytes (always the same ones).
#include "normalise/column.hpp"
#include "normalise/utf8.hpp"
#include "normalise_cases.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

using namespace kokai;

namespace {

struct Pass {
    std::vector<std::string> cells;
    std::set<std::size_t> told;  // rows with a finding
};

Pass run(Kind kind, const std::vector<std::string>& cells, const std::string& unit = {}) {
    Field field;
    field.name = "項目";
    field.kind = kind;
    field.unit = unit;
    Shape shape;
    shape.columns.push_back({"項目", nullptr, {{0, 1, "項目"}}});
    Batch batch;
    batch.columns.resize(1);
    for (std::size_t row = 0; row < cells.size(); ++row) {
        batch.columns[0].cells.push_back(batch.bytes.keep(cells[row]));
        batch.rows.push_back({static_cast<std::uint32_t>(row + 2), 0, 0});
        batch.states.push_back(RowState::kept);
    }
    NormaliseColumn stage("項目", field);
    stage.bind(shape);
    Findings findings;
    stage.run(batch, findings);
    Pass pass;
    for (const Cell cell : batch.columns[0].cells) {
        pass.cells.emplace_back(cell);
    }
    for (const Finding& finding : findings.list()) {
        pass.told.insert(finding.where.row - 2);
    }
    return pass;
}

/// All inputs of both lists: every kind sees the cells of all the others too.
std::vector<std::string> all_inputs() {
    std::vector<std::string> inputs;
    for (const std::string_view name : {"normalize-cases.csv", "cell-cases.csv"}) {
        for (const cases::Case& row : cases::read("", name)) {
            inputs.push_back(row.input);
        }
    }
    return inputs;
}

/// The distinct cells of the corpus' CSV files, line by line; what is not UTF-8 is another test's business.
std::vector<std::string> corpus_cells() {
    std::set<std::string> cells;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(KOKAI_SOURCE_DIR) + "/tests/corpus/files")) {
        if (entry.path().extension() != ".csv") {
            continue;
        }
        std::ifstream file(entry.path(), std::ios::binary);
        std::string line;
        while (std::getline(file, line)) {
            if (line.size() < 20000 && utf8::is_valid(line)) {
                for (std::string& cell : cases::fields_of(line)) {
                    cells.insert(std::move(cell));
                }
            }
        }
    }
    return {cells.begin(), cells.end()};
}

class Dice {
public:
    std::size_t operator()(std::size_t sides) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>(state_ >> 33U) % sides;
    }

private:
    std::uint64_t state_ = 20240401;
};

/// Code points of known cells in a new order, two known cells joined, and bytes that are nothing.
std::vector<std::string> mixtures(const std::vector<std::string>& known, std::size_t count) {
    std::vector<std::string> points;
    for (const std::string& cell : known) {
        for (std::size_t at = 0; at < cell.size();) {
            const std::size_t start = at;
            utf8::next(cell, at);
            points.push_back(cell.substr(start, at - start));
        }
    }
    Dice dice;
    std::vector<std::string> made;
    while (made.size() < count) {
        std::string cell;
        const std::size_t sort = made.size() % 4;
        if (sort == 0) {
            cell = known[dice(known.size())] + known[dice(known.size())];
        } else {
            for (std::size_t length = dice(12); length > 0; --length) {
                cell += sort == 3 ? std::string(1, static_cast<char>(static_cast<unsigned char>(dice(256))))
                                  : points[dice(points.size())];
            }
        }
        made.push_back(std::move(cell));
    }
    return made;
}

void check_column(Kind kind, const std::vector<std::string>& cells, const std::string& unit = {}) {
    const Pass once = run(kind, cells, unit);
    const Pass twice = run(kind, once.cells, unit);
    const ColumnRules& rules = rules_for(kind);
    for (std::size_t row = 0; row < cells.size(); ++row) {
        const bool changed = once.cells[row] != cells[row];
        const bool told = once.told.count(row) != 0;
        const bool of_its_form = once.cells[row].empty() || rules.is_clean(once.cells[row]) ||
                                 rules.read(once.cells[row]).value == once.cells[row];
        if ((changed && !told) || twice.cells[row] != once.cells[row] || (!of_its_form && !told)) {
            INFO("kind " << static_cast<int>(kind) << ": 「" << cells[row] << "」 -> 「" << once.cells[row]
                         << "」 -> 「" << twice.cells[row] << "」");
            CHECK((!changed || told));
            CHECK(twice.cells[row] == once.cells[row]);
            CHECK((of_its_form || told));
        }
    }
}

}  // namespace

TEST_CASE("columns of every kind tell what they change, and change it once", "[normalise][properties]") {
    const std::vector<std::string> known = all_inputs();
    REQUIRE(known.size() > 800);
    const std::vector<std::string> made = mixtures(known, 6000);
    const std::vector<std::string> corpus = corpus_cells();
    REQUIRE(corpus.size() > 5000);
    for (int kind = 0; kind <= static_cast<int>(Kind::percent); ++kind) {
        check_column(static_cast<Kind>(kind), known);
        check_column(static_cast<Kind>(kind), made);
        check_column(static_cast<Kind>(kind), corpus);
    }
    for (const char* unit : {"人", "千円", "m2", "%"}) {
        check_column(Kind::number, known, unit);
        check_column(Kind::integer, known, unit);
    }
}

TEST_CASE("every kind of the command keeps its own promises for the cells of all others", "[normalise][properties]") {
    const std::vector<std::string> known = all_inputs();
    const std::vector<std::string> made = mixtures(known, 4000);
    const std::vector<std::string> corpus = corpus_cells();
    for (const KindInfo& kind : normalise_kinds()) {
        INFO(kind.name);
        for (const auto* cells : {&known, &made, &corpus}) {
            for (const std::string& cell : *cells) {
                cases::check_properties(cell, kind.read, kind.is_clean);
                // The look of text trusts that the bytes are UTF-8: the reader has seen to that.
                if (utf8::is_valid(cell) && kind.is_clean(cell) && kind.read(cell).value != cell) {
                    FAIL("clean, and yet changed: " << cell);
                }
            }
        }
    }
}
