// SPDX-License-Identifier: Apache-2.0
#include "command/init.hpp"

#include "command/init_file.hpp"
#include "command/library.hpp"
#include "command/matching.hpp"
#include "model/dataset_json.hpp"
#include "model/error.hpp"
#include "normalise/code.hpp"
#include "publish/output_folder.hpp"
#include "read/open.hpp"
#include "support/file.hpp"
#include "support/output_file.hpp"
#include "support/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

namespace kokai {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

bool same_bytes(const fs::path& one, const fs::path& other) {
    const InputFile first(one, one.string());
    const InputFile second(other, other.string());
    std::vector<char> of_first(1U << 20U);
    std::vector<char> of_second(of_first.size());
    bool same = first.bytes() == second.bytes();
    for (std::uint64_t at = 0; same && at < first.bytes(); at += of_first.size()) {
        const std::size_t size = first.read_at(at, of_first.data(), of_first.size());
        same = second.read_at(at, of_second.data(), of_second.size()) == size &&
               std::equal(of_first.begin(), of_first.begin() + static_cast<std::ptrdiff_t>(size), of_second.begin());
    }
    return same;
}

/// 222127_AED.csv -> 222127_aed; a Japanese name says nothing here.
std::string id_of_stem(const std::string& stem) {
    std::string id = lowered(stem);
    return is_dataset_id(id) ? id : std::string();
}

/// The code of the municipality that most values of a code column, or the file's name, say.
std::string publisher_in(const std::vector<SampledColumn>& columns, const std::optional<Proposals>& proposals,
                         const std::string& stem) {
    std::map<std::string, std::size_t> codes;
    std::size_t filled = 0;
    if (proposals) {
        for (const Proposal& proposal : proposals->accepted) {
            if (proposal.field == nullptr || proposal.field->kind != Kind::lg_code || proposal.columns.size() != 1) {
                continue;
            }
            for (const std::string& value : columns[proposal.columns.front()].values) {
                const Normalised code = normalise_code(value);
                if (!code.value.empty() && !code.failed()) {
                    ++codes[code.value];
                    ++filled;
                }
            }
        }
    }
    for (const auto& [code, count] : codes) {
        if (count * 10 >= filled * 9) {
            return code;
        }
    }
    if (stem.size() >= 6 && std::all_of(stem.begin(), stem.begin() + 6, [](char c) { return c >= '0' && c <= '9'; }) &&
        is_clean_code(std::string_view(stem).substr(0, 6))) {
        return stem.substr(0, 6);
    }
    return {};
}

/// Where the dataset goes: the named folder, or one below it when it cannot be a dataset's own.
fs::path folder_for(const InitOptions& options, const CommonOptions& common, const std::string& id) {
    if (options.out.empty()) {
        std::error_code ignored;
        const bool of_program =
            common.datasets == fs::path(KOKAI_SOURCE_DIR) / "datasets" && !fs::is_directory("datasets", ignored);
        return (of_program ? fs::path("datasets") : common.datasets) / id;
    }
    fs::path folder = fs::path(options.out).lexically_normal();
    if (!folder.has_filename()) {
        folder = folder.parent_path();
    }
    std::error_code ignored;
    bool holds_datasets = false;
    if (fs::is_directory(folder, ignored)) {
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            holds_datasets = holds_datasets || fs::exists(entry.path() / "dataset.json", ignored);
        }
    }
    const bool is_datasets = fs::equivalent(folder, common.datasets, ignored);
    return is_dataset_id(fs::absolute(folder).filename().string()) && !holds_datasets && !is_datasets ? folder
                                                                                                      : folder / id;
}

/// The source as it is; all files of a Shapefile. One that lies in the dataset's folder already stays there.
/// Nothing is overwritten: another file of that name may be what an older dataset.json was made from.
std::string copy_source(const fs::path& source, const fs::path& folder) {
    const fs::path home = folder / "source";
    std::error_code ignored;
    if (fs::equivalent(source.parent_path().empty() ? fs::path(".") : source.parent_path(), home, ignored)) {
        return "source/" + source.filename().string();
    }
    fs::create_directories(home);
    std::vector<fs::path> files{source};
    if (source.extension() == ".shp") {
        for (const fs::directory_entry& entry :
             fs::directory_iterator(source.parent_path().empty() ? fs::path(".") : source.parent_path())) {
            if (entry.path().stem() == source.stem() && entry.path().extension() != ".shp") {
                files.push_back(entry.path());
            }
        }
    }
    for (const fs::path& file : files) {
        std::error_code error;
        const fs::path copy = home / file.filename();
        if (fs::exists(copy, error) && same_bytes(file, copy)) {
            continue;
        }
        fs::copy_file(file, copy, fs::copy_options::none, error);
        if (error == std::errc::file_exists) {
            throw WorldError(copy.string(),
                             "同じ名前の別のファイルがあります。動かすか消してから、もう一度お試しください",
                             "another file of that name is there already: move it away first");
        }
        if (error) {
            throw_file_error(file.string(), error.value());
        }
    }
    return "source/" + source.filename().string();
}

/// A map's table has its positions in the shapes.
void position_from_shapes(const Schema& schema, std::vector<Proposal>& accepted) {
    for (const char* geometry : {"latitude", "longitude"}) {
        const std::string& name = std::string_view(geometry) == "latitude" ? schema.latitude : schema.longitude;
        const bool there =
            std::any_of(accepted.begin(), accepted.end(), [&](const Proposal& one) { return one.spec.field == name; });
        if (!name.empty() && !there) {
            Proposal proposal;
            proposal.spec.field = name;
            proposal.spec.geometry = geometry;
            proposal.confidence = 1.0;
            proposal.evidence = {"図形の代表点", "the representative point of the shape"};
            accepted.push_back(std::move(proposal));
        }
    }
}

/// What init found out, as JSON and for people.
Json told(const InitProposal& proposal, const std::string& path) {
    Json document{{"dataset", proposal.id}, {"path", path}, {"schema", proposal.schema_id}};
    if (!proposal.why.ja.empty()) {
        document["why"] = proposal.why.text();
    }
    document["publisher"] = proposal.publisher;
    document["columns"] = Json::array();
    for (const Proposal& one : proposal.accepted) {
        document["columns"].push_back({{"source", fmt::format("{}", fmt::join(one.spec.from, " + "))},
                                       {"field", one.spec.field},
                                       {"confidence", one.confidence},
                                       {"evidence", one.evidence.text()}});
    }
    document["unmapped"] = proposal.unmapped;
    document["questions"] = Json::array();
    for (const InitQuestion& question : proposal.questions) {
        document["questions"].push_back({{"column", question.column},
                                         {"field", question.field},
                                         {"confidence", question.confidence},
                                         {"evidence", question.evidence.text()},
                                         {"question_ja", question.sentence.ja},
                                         {"question_en", question.sentence.en}});
    }
    return document;
}

std::string table_of(const InitProposal& proposal, const std::string& path, Language language) {
    const bool ja = language != Language::en;
    std::string text;
    if (!proposal.schema_id.empty()) {
        text += fmt::format("{}: {}", ja ? "データセットの種類" : "schema", proposal.schema_id);
        text += proposal.why.ja.empty() ? "\n" : fmt::format(" — {}\n", ja ? proposal.why.ja : proposal.why.en);
    }
    for (const Proposal& one : proposal.accepted) {
        const bool by_name = one.evidence.en == "name";
        text += fmt::format("  {} → {}\t{:.0f} %\t{}\n", printable(fmt::format("{}", fmt::join(one.spec.from, " + "))),
                            printable(one.spec.field), one.confidence * 100,
                            by_name ? (ja ? "項目名と同じ" : "the field's name")
                                    : printable(ja ? one.evidence.ja : one.evidence.en));
    }
    for (const std::string& header : proposal.unmapped) {
        text += fmt::format("  {} → {}\n", printable(header),
                            ja ? "（どの項目でもない。そのまま後ろに残す）" : "(no field: kept behind the others)");
    }
    for (const InitQuestion& question : proposal.questions) {
        text += "? " + printable(ja ? question.sentence.ja : question.sentence.en) + "\n";
    }
    if (!path.empty()) {
        text += fmt::format("{}: {}\n", ja ? "作りました" : "written", path);
        text += ja ? "公開の前に license と credit と description を確かめてください\n"
                   : "before publishing, see to license, credit and description\n";
    }
    return text;
}

}  // namespace

int init_command(const InitOptions& options, const CommonOptions& common) {
    if (options.source == "-") {
        throw UsageError("init にはファイルを指定してください（標準入力は使えません）", "init needs a file, not stdin");
    }
    SchemaLibrary schemas(common.schemas);
    const fs::path path = options.source;
    const std::string stem = path.stem().string();
    InitProposal proposal;
    proposal.publisher = options.publisher;
    if (!options.publisher.empty()) {
        const Normalised code = normalise_code(options.publisher);
        if (code.failed() || code.value.empty()) {
            throw UsageError("公開する自治体のコード「" + options.publisher +
                                 "」は全国地方公共団体コード（6桁）ではありません",
                             "the publisher \"" + options.publisher + "\" is no local government code (six digits)");
        }
        proposal.publisher = code.value;
    }

    SourceRequest request;
    request.path = path;
    request.shown = options.source;
    request.name = stem;
    request.sheet = options.sheet;
    request.encoding = options.encoding;
    request.crs = options.crs;
    request.grids = schemas.grids();
    request.names = schemas.generic_names();
    request.pin.header_row = options.header_row;
    SampledSource source(make_source(request));
    Findings opening;
    const Shape shape = source.open(opening);
    TableSpec table;
    table.schema = options.schema;
    TableMatch match = match_table(table, shape, &source, source.about(), schemas);

    const bool undecided = match.choice && match.choice->id.empty();
    if (undecided) {
        const std::string candidates = fmt::format("{}", fmt::join(match.choice->candidates, " "));
        proposal.questions.push_back(
            {{},
             {},
             0.0,
             {},
             {"どのデータセットの表ですか（候補: " + (candidates.empty() ? "なし" : candidates) +
                  "）。--schema で指定してください（kokai schemas で一覧、none で標準なし）",
              "which dataset is this table (candidates: " + (candidates.empty() ? "none" : candidates) +
                  ")? Name it with --schema (kokai schemas lists them; none: no standard)"}});
    }
    if (proposal.publisher.empty()) {
        proposal.publisher = publisher_in(match.columns, match.proposals, stem);
    }
    if (proposal.publisher.empty()) {
        proposal.questions.push_back({{},
                                      {},
                                      0.0,
                                      {},
                                      {"どの自治体のデータですか。--publisher に6桁のコードを指定してください",
                                       "whose data is this? Give the six-digit code with --publisher"}});
    }
    const bool can_write = proposal.questions.empty();
    proposal.schema = match.schema;
    proposal.schema_id = match.schema != nullptr ? match.schema->id : undecided ? "" : "none";
    if (match.choice) {
        proposal.why = match.choice->why;
    }
    for (const ColumnInfo& column : shape.columns) {
        proposal.headers.push_back(column.name);
    }
    if (match.proposals) {
        proposal.accepted = std::move(match.proposals->accepted);
        for (const std::size_t column : match.proposals->unmapped) {
            proposal.unmapped.push_back(match.columns[column].header);
        }
        for (const Question& one : match.proposals->questions) {
            const std::string& field = one.field->name;
            proposal.questions.push_back(
                {one.header,
                 field,
                 one.confidence,
                 one.evidence,
                 {fmt::format("列「{}」は「{}」ですか（確かさ {:.0f} %: {}）。そうなら columns に書いてください",
                              one.header, field, one.confidence * 100, one.evidence.ja),
                  fmt::format("is the column \"{}\" the field {} ({:.0f} %: {})? If so, say it in columns", one.header,
                              field, one.confidence * 100, one.evidence.en)}});
        }
    }
    if (shape.has_geometry && match.schema != nullptr) {
        position_from_shapes(*match.schema, proposal.accepted);
    }
    std::string id = id_of_stem(stem);
    if (id.empty()) {
        id = proposal.publisher + (proposal.publisher.empty() ? "" : "-") +
             (match.schema != nullptr ? match.schema->file_name : "table");
        std::replace(id.begin(), id.end(), '.', '-');
    }

    std::string written;
    if (can_write) {
        const fs::path folder = folder_for(options, common, id);
        proposal.id = fs::absolute(folder).filename().string();
        const fs::path file = folder / "dataset.json";
        std::error_code ignored;
        if (fs::exists(fs::symlink_status(file, ignored))) {
            throw UsageError(file.string() +
                                 " はもうあります。上書きしません。別のフォルダーを --out で指定してください",
                             file.string() + " exists and is never overwritten: name another folder with --out");
        }
        fs::create_directories(folder);
        proposal.file = copy_source(path, folder);
        proposal.sheet = options.sheet;
        proposal.header_row = options.header_row;
        proposal.encoding = options.encoding;
        proposal.crs = options.crs;
        write_whole_file(file, dataset_file(proposal, common.schemas));
        written = file.string();
        // What was written must be what `run` takes: the same reader looks at it.
        load_datasets(fs::absolute(folder).parent_path(), {proposal.id}, schemas);
    }
    std::fputs(
        (common.json ? told(proposal, written).dump(2) + "\n" : table_of(proposal, written, common.language)).c_str(),
        stdout);
    return proposal.questions.empty() ? 0 : 1;
}

}  // namespace kokai
