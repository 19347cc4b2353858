// SPDX-License-Identifier: Apache-2.0
#include "command/machine_readable.hpp"

#include "portal/wording.hpp"
#include "read/sheet_tally.hpp"
#include "read/text_facts.hpp"
#include "support/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;
using Group = FindingLog::Group;

constexpr std::size_t most_cells = SheetTally::most_cells;

struct ItemWords {
    std::string_view id, title_ja, title_en, mend_ja, mend_en;
};

constexpr std::array<ItemWords, 14> items{{
    {"1-1", "ファイル形式は Excel か CSV か", "the file is Excel or CSV",
     "Excel の「名前を付けて保存」で .xlsx か「CSV UTF-8」を選んで保存してください",
     "save it as .xlsx or as CSV UTF-8"},
    {"1-2", "1セル1データか", "one value a cell",
     "列を分け（「データ」→「区切り位置」）、一つのセルには一つの値だけを入れてください",
     "split the column, so that each cell holds one value"},
    {"1-3", "数値データは数値属性とし、文字列を含まないか", "numbers are numbers, without text",
     "単位・コンマ・▲ を消して数字だけにし、「データ」→「区切り位置」→「完了」で数値に変えてください",
     "take out units, commas and ▲, and turn the text into numbers (Data, Text to Columns, Finish)"},
    {"1-4", "セルの結合をしていないか", "no merged cells",
     "「ホーム」→「セルを結合して中央揃え」を押して結合を解き、空いたセルにも同じ値を入れてください",
     "unmerge the cells and fill the value into each of them"},
    {"1-5", "スペースや改行等で体裁を整えていないか", "no blanks or line breaks for layout",
     "「検索と置換」（Ctrl+H）で、空白と改行（検索欄で "
     "Ctrl+J）を消してください。見た目は配置とインデントで整えられます",
     "take out the blanks and line breaks (Ctrl+H; Ctrl+J finds a line break) and use alignment instead"},
    {"1-6", "項目名等を省略していないか", "no names left out",
     "見出しの空いた列に名前を入れ、〃 や同上、空けてあるセルには、上と同じ値をくり返し入れてください",
     "name every column, and write the value again instead of 〃 or a blank"},
    {"1-7", "数式を使用している場合は、数値データに修正しているか", "no formulas, only their values",
     "セルを選んでコピーし、「形式を選択して貼り付け」→「値」で貼り付けてください",
     "copy the cells and paste them as values"},
    {"1-8", "オブジェクトを使用していないか", "no pictures, shapes or charts",
     "図形・画像・グラフを消し、書いてあることはセルに入れてください", "delete them, and put what they say into cells"},
    {"1-9", "データの単位を記載しているか", "units are given", "見出しに「人口（人）」のように単位を書いてください",
     "write the unit into the header, like 人口（人）"},
    {"1-10", "機種依存文字を使用していないか", "no characters that depend on the machine",
     "①→(1)、㈱→(株)、㎡→平方メートル のように、ふつうの文字に直してください",
     "write ① as (1), ㈱ as (株), ㎡ as 平方メートル"},
    {"1-11", "e-Stat の時間軸コードの表記、西暦表記又は和暦に西暦の併記がされているか",
     "years are Western, or given beside the era", "「2024年」か「令和6年（2024年）」のように西暦を書いてください",
     "write the Western year, also beside an era"},
    {"1-12", "地域コード又は地域名称が表記されているか", "the region's code or name is given",
     "全国地方公共団体コードか市区町村名の列を加えてください", "add a column with the region's code or name"},
    {"1-13", "データが分断されていないか", "the data are not divided",
     "途中の空の行・くり返した見出し・区切りの行を消し、見出し一つの続いた表にしてください",
     "take out blank rows, repeated headers and dividing rows, so that one header has all data below it"},
    {"1-14", "1シートに複数の表が掲載されていないか", "one table a sheet", "表ごとにシートを分けてください",
     "put each table on a sheet of its own"},
}};

bool is_sheet(const SourceInfo& source) {
    return source.format == "xlsx" || source.format == "xls" || source.format == "ods";
}

bool is_text(const SourceInfo& source) {
    return source.format == "csv" || source.format == "tsv";
}

/// Names whose numbers are no amounts: they have no unit, and their zeros count.
bool is_label(std::string_view name) {
    return holds_any(name, {"コード", "番号", "ID",   "ＩＤ", "id",   "No",   "NO",   "Ｎｏ", "ＮＯ", "№",    "電話",
                            "TEL",    "FAX",  "郵便", "〒",   "緯度", "経度", "lat",  "lon",  "順",   "code", "Code",
                            "年",     "月",   "日付", "日時", "時",   "図番", "地番", "番地", "号",   "有無"});
}

bool is_amount(Kind kind) {
    return kind == Kind::integer || kind == Kind::number || kind == Kind::percent;
}

bool is_moment(Kind kind) {
    return kind == Kind::date || kind == Kind::fiscal_year || kind == Kind::period;
}

class Judge {
public:
    explicit Judge(const TableResult& table)
        : table_(table), log_(table.outcome.log), columns_(table.outcome.shape.columns) {
        for (const SourceInfo& source : table.outcome.sources) {
            sheets_ = sheets_ || is_sheet(source);
            texts_ = texts_ || is_text(source);
            many_sheets_ = many_sheets_ || source.sheets.size() > 1;
        }
        many_sheets_ = many_sheets_ || table.outcome.sources.size() > 1;
    }

    std::vector<MachineItem> judge() {
        if (!sheets_ && !texts_) {
            return {};
        }
        for (const ItemWords& words : items) {
            MachineItem item;
            item.id = words.id;
            item.title_ja = words.title_ja;
            item.title_en = words.title_en;
            item.mend_ja = words.mend_ja;
            item.mend_en = words.mend_en;
            all_.push_back(std::move(item));
        }
        judge_format(all_[0]);
        judge_one_value(all_[1]);
        judge_numbers(all_[2]);
        count_fact(all_[3], sheet_fact::merged);
        judge_layout(all_[4]);
        judge_names(all_[5]);
        count_fact(all_[6], sheet_fact::formula);
        judge_objects(all_[7]);
        judge_units(all_[8]);
        judge_characters(all_[9]);
        judge_years(all_[10]);
        judge_region(all_[11]);
        judge_divided(all_[12]);
        count_fact(all_[13], sheet_fact::several_tables);
        for (MachineItem& item : all_) {
            finish(item);
        }
        return std::move(all_);
    }

private:
    /// What is counted is not passed.
    static void finish(MachineItem& item) {
        if (item.count > 0) {
            item.verdict = Verdict::fail;
        }
        if (item.count > 0 && item.why_ja.empty()) {
            item.why_ja = fmt::format("{} か所あります", grouped(item.count));
            item.why_en = fmt::format("{} of them", grouped(item.count));
        }
        if (item.verdict == Verdict::pass && item.why_ja.empty()) {
            item.why_ja = "見つかりませんでした";
            item.why_en = "none found";
        }
        if (item.verdict != Verdict::fail) {
            item.mend_ja = {};
            item.mend_en = {};
        }
    }

    static void leave_open(MachineItem& item, std::string_view ja, std::string_view en) {
        item.verdict = Verdict::unknown;
        item.why_ja = ja;
        item.why_en = en;
    }

    void add_cell(MachineItem& item, const std::string& sheet, const std::string& cell) const {
        const std::string place = (many_sheets_ && !sheet.empty() ? sheet + "!" : std::string()) + cell;
        if (!cell.empty() && item.cells.size() < most_cells &&
            std::find(item.cells.begin(), item.cells.end(), place) == item.cells.end()) {
            item.cells.push_back(place);
        }
    }

    void count_fact(MachineItem& item, std::string_view what) const {
        for (const SourceInfo& source : table_.outcome.sources) {
            for (const SheetFact& fact : source.facts) {
                if (fact.what == what) {
                    item.count += fact.count;
                    for (const std::string& cell : fact.cells) {
                        add_cell(item, fact.sheet < source.sheets.size() ? source.sheets[fact.sheet] : "", cell);
                    }
                }
            }
        }
    }

    void count_codes(MachineItem& item, std::initializer_list<Code> codes) const {
        for (const Group& group : log_.groups()) {
            if (std::find(codes.begin(), codes.end(), group.code) != codes.end()) {
                item.count += group.count;
                add_cell(item, group.example.sheet, place_of(group.example));
            }
        }
    }

    /// Of CSV files nobody has counted the cells; those that are listed are looked at.
    template <typename Looks>
    void count_listed(MachineItem& item, std::initializer_list<Code> codes, Looks looks) const {
        for (const FindingText& finding : log_.details()) {
            if (std::find(codes.begin(), codes.end(), finding.code) != codes.end() && looks(finding.found)) {
                ++item.count;
                add_cell(item, finding.sheet, place_of(finding));
            }
        }
    }

    [[nodiscard]] static std::string place_of(const FindingText& finding) {
        return !finding.cell.empty() ? finding.cell
               : finding.row > 0     ? std::to_string(finding.row) + "行目"
                                     : std::string();
    }

    /// The headers of the source's columns, each with the field that it became.
    template <typename Each>
    void for_headers(Each each) const {
        for (const ColumnInfo& column : columns_) {
            for (const SourceColumn& from : column.from) {
                each(from, column);
            }
        }
    }

    [[nodiscard]] std::string cell_of(const SourceColumn& from) const {
        const SourceInfo* source =
            from.source < table_.outcome.sources.size() ? &table_.outcome.sources[from.source] : nullptr;
        const std::string letters = column_letters(from.number);
        return source == nullptr || source->header_rows.empty() ? letters
                                                                : letters + std::to_string(source->header_rows.back());
    }

    template <typename Looks>
    void count_headers(MachineItem& item, Looks looks) const {
        for_headers([&](const SourceColumn& from, const ColumnInfo&) {
            if (looks(from.header)) {
                ++item.count;
                add_cell(item, {}, cell_of(from));
            }
        });
    }

    void judge_format(MachineItem& item) const {
        for (const SourceInfo& source : table_.outcome.sources) {
            if (source.format == "tsv") {
                ++item.count;
                item.why_ja = "タブ区切りのテキストです";
                item.why_en = "a text with tabs";
            } else if (is_sheet(source) || is_text(source)) {
                item.why_ja = source.format == "ods"   ? "OpenDocument も標準化された形式です"
                              : source.format == "csv" ? "CSV です"
                                                       : "Excel です";
                item.why_en = source.format == "ods"   ? "OpenDocument is a standard, too"
                              : source.format == "csv" ? "it is CSV"
                                                       : "it is Excel";
            }
        }
    }

    void judge_one_value(MachineItem& item) const {
        count_fact(item, sheet_fact::several_values);
        count_codes(item, {Code::hours_split});
        if (texts_) {
            count_listed(item, {Code::number_unreadable, Code::phone_unreadable, Code::text_normalised},
                         [](std::string_view found) { return holds_several_values(found); });
        }
        if (item.count == 0) {
            item.why_ja = "二つ以上の数値や時刻が入ったセルは見つかりませんでした（言葉の並びは判定していません）";
            item.why_en = "no cell with two numbers or times (lists of words are not judged)";
        }
    }

    /// Texts that are numbers, in a column that is one of amounts: by its field, or because its other cells are.
    void judge_numbers(MachineItem& item) const {
        std::vector<std::string> counted;
        for (std::size_t index = 0; index < table_.outcome.sources.size(); ++index) {
            const SourceInfo& source = table_.outcome.sources[index];
            for (const SheetFact& fact : source.facts) {
                if (fact.what != sheet_fact::number_as_text || fact.count == 0) {
                    continue;
                }
                bool amounts = fact.of > fact.count;
                bool label = false;
                std::string header;
                for_headers([&](const SourceColumn& from, const ColumnInfo& column) {
                    if (from.source == index && from.number == fact.column) {
                        header = from.header;
                        label = is_label(from.header);
                        if (column.field != nullptr && table_.fields != nullptr) {
                            const Kind kind = column.field->kind;
                            amounts = is_amount(kind) || kind == Kind::latitude || kind == Kind::longitude;
                            label = false;
                        }
                    }
                });
                if (amounts && !label) {
                    item.count += fact.count;
                    counted.push_back(header);
                    for (const std::string& cell : fact.cells) {
                        add_cell(item, fact.sheet < source.sheets.size() ? source.sheets[fact.sheet] : "", cell);
                    }
                }
            }
        }
        for (const Group& group : log_.groups()) {
            const bool number = group.code == Code::number_rewritten || group.code == Code::number_unreadable ||
                                group.code == Code::unit_removed || group.code == Code::unit_differs ||
                                group.code == Code::number_approximate;
            if (number && std::find(counted.begin(), counted.end(), group.column) == counted.end()) {
                item.count += group.count;
                add_cell(item, group.example.sheet, place_of(group.example));
            }
        }
    }

    void judge_layout(MachineItem& item) const {
        count_fact(item, sheet_fact::layout);
        if (texts_) {
            count_headers(item, [](std::string_view name) { return is_arranged(name); });
            count_listed(item, {Code::text_normalised, Code::kana_rewritten},
                         [](std::string_view found) { return is_arranged(found); });
            if (item.count > 0) {
                item.why_ja = fmt::format("{} か所あります（CSV では、書き方を直したセルの先頭 1,000 件で見ています）",
                                          grouped(item.count));
                item.why_en = fmt::format("{} (of CSV the first 1,000 cells that were tidied)", grouped(item.count));
            }
        }
    }

    void judge_names(MachineItem& item) const {
        count_fact(item, sheet_fact::ditto);
        count_codes(item, {Code::header_empty, Code::group_cell_filled});
    }

    void judge_objects(MachineItem& item) const {
        count_fact(item, sheet_fact::object);
        if (!sheets_) {
            item.why_ja = "CSV には入りません";
            item.why_en = "a CSV holds none";
        }
    }

    [[nodiscard]] static bool names_unit(std::string_view header) {
        return holds_any(header, {"（", "(", "［", "[", "〔", "％", "%", "単位"});
    }

    /// A column of amounts without a field is known by its cells.
    [[nodiscard]] bool holds_amounts(const SourceColumn& from) const {
        if (from.source >= table_.outcome.sources.size()) {
            return false;
        }
        const std::vector<SheetFact>& facts = table_.outcome.sources[from.source].facts;
        std::uint64_t numbers = 0;
        for (const SheetFact& fact : facts) {
            numbers += fact.what == sheet_fact::number_as_text && fact.column == from.number ? fact.of : 0U;
        }
        return numbers > 0;
    }

    void judge_units(MachineItem& item) const {
        std::uint64_t amounts = 0;
        bool anywhere = false;  // 単位：人 over the table, or a column 単位
        for (const SourceInfo& source : table_.outcome.sources) {
            for (const TakenRows& taken : source.taken) {
                anywhere = anywhere || (taken.as != "data" && holds_any(taken.text, {"単位"}));
            }
        }
        for_headers([&](const SourceColumn& from, const ColumnInfo&) { anywhere = anywhere || from.header == "単位"; });
        std::vector<std::string> without;
        for_headers([&](const SourceColumn& from, const ColumnInfo& column) {
            if (column.field != nullptr && table_.fields != nullptr) {
                amounts += is_amount(column.field->kind) ? 1U : 0U;  // the standard says in which unit
                return;
            }
            if (!holds_amounts(from) || is_label(from.header)) {
                return;
            }
            ++amounts;
            if (!names_unit(from.header) && !anywhere) {
                ++item.count;
                without.push_back(from.header);
                add_cell(item, {}, cell_of(from));
            }
        });
        if (item.count > 0) {
            item.why_ja = fmt::format(
                "数値の列のうち {} 列に単位がありません: {}", grouped(item.count),
                fmt::join(without.begin(),
                          without.begin() + static_cast<std::ptrdiff_t>(std::min(without.size(), most_cells)), "、"));
            item.why_en = fmt::format("{} columns of numbers have no unit", grouped(item.count));
        } else if (amounts > 0) {
            item.why_ja = anywhere ? "単位が書かれています" : "見出しか、使った形式が単位を決めています";
            item.why_en = anywhere ? "the unit is written down" : "the headers or the schema say the units";
        } else if (!sheets_ && table_.fields == nullptr) {
            leave_open(item, "CSV では、どの列が数値か決められないため判定していません",
                       "a CSV without a schema does not say which columns are numbers");
        } else {
            item.why_ja = "単位の要る数値の列がありません";
            item.why_en = "no column of numbers needs one";
        }
    }

    void judge_characters(MachineItem& item) const {
        count_fact(item, sheet_fact::rare_character);
        if (!sheets_) {
            count_headers(item, [](std::string_view name) { return has_rare_character(name); });
            count_codes(item, {Code::private_use_character});
            if (item.count == 0) {
                leave_open(item, "CSV では外字と見出しだけを見ています（ありませんでした）",
                           "of a CSV only private-use characters and headers are looked at (none)");
            }
        }
    }

    void judge_years(MachineItem& item) const {
        count_fact(item, sheet_fact::era_only);
        const auto by_era = [](std::string_view found) { return names_era_only(found); };
        if (texts_) {
            count_headers(item, by_era);
            count_listed(item, {Code::date_rewritten, Code::date_era_range, Code::date_partial, Code::date_unreadable},
                         by_era);
        }
        if (item.count > 0) {
            return;
        }
        bool time = false;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const bool filled = i < table_.filled.size() && table_.filled[i] > 0;
            time = time || (filled && columns_[i].field != nullptr && is_moment(columns_[i].field->kind));
        }
        for_headers([&](const SourceColumn& from, const ColumnInfo&) {
            time = time || from.header.ends_with("日") ||
                   holds_any(from.header, {"年", "月", "日付", "日時", "期間", "date", "year"});
        });
        if (time) {
            item.why_ja = "西暦のない和暦は見つかりませんでした";
            item.why_en = "no era without its Western year";
        } else {
            leave_open(item, "年や日付の列がないため判定していません", "there is no column of years or dates");
        }
    }

    void judge_region(MachineItem& item) const {
        bool region = false;
        const auto names_region = [](std::string_view text) {
            return holds_any(text,
                             {"団体コード", "市区町村", "市町村", "都道府県", "地方公共団体", "自治体",   "所在地",
                              "住所",       "町字",     "町丁",   "町名",     "地区",         "区名",     "地域",
                              "行政区",     "学区",     "校区",   "大字",     "自治会",       "address",  "prefCode",
                              "cityCode",   "lg_code",  "緯度",   "経度",     "latitude",     "longitude"});
        };
        for_headers([&](const SourceColumn& from, const ColumnInfo& column) {
            region = region || names_region(from.header) || names_region(column.name);
        });
        for (const SourceInfo& source : table_.outcome.sources) {
            const auto names_place = [](std::string_view text) {
                return holds_any(text, {"都", "道府", "県", "市", "区", "町", "村"});
            };
            for (const TakenRows& taken : source.taken) {
                region = region || (taken.as == "title" && names_place(taken.text));
            }
            for (const std::string& sheet : source.sheets) {
                region = region || names_place(sheet);
            }
        }
        region = region || table_.outcome.shape.has_geometry;
        if (region) {
            item.why_ja = "地域を表す列か題があります";
            item.why_en = "a column or the title says the region";
        } else {
            item.count = 1;
            item.why_ja = "地域を表す列も、題もありません";
            item.why_en = "neither a column nor the title says the region";
        }
    }

    void judge_divided(MachineItem& item) const {
        count_codes(item, {Code::header_repeated, Code::section_row, Code::row_continued, Code::sheets_joined});
        const auto& codes = log_.by_code();
        // Behind a hidden row there is no telling a blank one.
        if (codes.count(Code::hidden_row) == 0 && codes.count(Code::struck_row) == 0) {
            count_fact(item, sheet_fact::blank_row);
        }
    }

    const TableResult& table_;
    const FindingLog& log_;
    const std::vector<ColumnInfo>& columns_;
    bool sheets_ = false, texts_ = false, many_sheets_ = false;
    std::vector<MachineItem> all_;
};

std::string_view name_of(Verdict verdict) {
    return verdict == Verdict::pass ? "pass" : verdict == Verdict::fail ? "fail" : "unknown";
}

}  // namespace

std::vector<MachineItem> machine_readable(const TableResult& table) {
    return Judge(table).judge();
}

nlohmann::ordered_json machine_readable_json(const std::vector<MachineItem>& items_found) {
    Json json = Json::array();
    for (const MachineItem& item : items_found) {
        json.push_back({{"id", item.id},
                        {"title_ja", item.title_ja},
                        {"title_en", item.title_en},
                        {"verdict", name_of(item.verdict)},
                        {"count", item.count},
                        {"cells", item.cells},
                        {"why_ja", item.why_ja},
                        {"why_en", item.why_en},
                        {"mend_ja", item.mend_ja},
                        {"mend_en", item.mend_en}});
    }
    return json;
}

}  // namespace kokai
