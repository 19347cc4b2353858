// SPDX-License-Identifier: Apache-2.0
// The program: the command line, and the only place where an exception is caught and becomes an exit code.
#include "command/convert.hpp"
#include "command/diff.hpp"
#include "command/init.hpp"
#include "command/lists.hpp"
#include "command/normalise.hpp"
#include "command/options.hpp"
#include "command/publish.hpp"
#include "command/run.hpp"
#include "command/serve.hpp"
#include "model/error.hpp"
#include "publish/secrets.hpp"
#include "support/interrupt.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <new>
#include <string>
#include <vector>

namespace {

using kokai::CommonOptions;

/// Options that every command takes, as text until all are read.
struct Given {
    bool json = false;
    bool quiet = false;
    std::string language;
    unsigned jobs = 0;
    std::string datasets, schemas, output = "./output";
};

void add_common(CLI::App& command, Given& given) {
    command.add_flag("--json", given.json, "結果を JSON で出す / one JSON document on stdout");
    command.add_flag("--quiet,-q", given.quiet, "途中経過と詳細を出さない / no progress, no findings");
    command.add_option("--lang", given.language, "表示の言葉 ja|en|both / language of the terminal")
        ->check(CLI::IsMember({"ja", "en", "both"}));
    command.add_option("--jobs,-j", given.jobs, "同時に動かす数（0 = 全コア） / workers (0 = all cores)");
    command.add_option("--datasets", given.datasets, "データセットのフォルダー / datasets folder");
    command.add_option("--schemas", given.schemas, "スキーマのフォルダー / schemas folder");
    command.add_option("--output", given.output, "出力フォルダー / output folder");
}

CommonOptions common_of(const Given& given) {
    CommonOptions common;
    common.json = given.json;
    common.quiet = given.quiet;
    common.language = given.language.empty()   ? kokai::language_of_environment()
                      : given.language == "ja" ? kokai::Language::ja
                      : given.language == "en" ? kokai::Language::en
                                               : kokai::Language::both;
    common.jobs = given.jobs;
    common.datasets = kokai::folder_or_source_tree(given.datasets, "datasets");
    common.schemas = kokai::folder_or_source_tree(given.schemas, "schemas");
    common.output = given.output;
    return common;
}

/// Says what went wrong: JSON on stdout when asked for, a sentence on stderr otherwise.
int report_failure(const kokai::Error& error, bool json, kokai::Language language) {
    if (json) {
        nlohmann::ordered_json document{{"error",
                                         {{"exit", static_cast<int>(error.exit())},
                                          {"file", error.file()},
                                          {"where", error.where()},
                                          {"message_ja", error.ja()},
                                          {"message_en", error.en()}}}};
        if (const auto* layout = dynamic_cast<const kokai::LayoutError*>(&error); layout != nullptr) {
            for (const kokai::Mistake& mistake : layout->mistakes) {
                document["error"]["mistakes"].push_back({{"file", mistake.file},
                                                         {"pointer", mistake.pointer},
                                                         {"message_ja", mistake.ja},
                                                         {"message_en", mistake.en}});
            }
        }
        std::fputs(kokai::redact(document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n").c_str(),
                   stdout);
    }
    const bool many = dynamic_cast<const kokai::LayoutError*>(&error) != nullptr;
    const std::string place =
        many || error.file().empty()
            ? ""
            : kokai::printable(error.file()) + (error.where().empty() ? "" : " " + error.where()) + ": ";
    const std::string& ja = error.ja();
    const std::string& en = error.en();
    const std::string sentence = language == kokai::Language::ja   ? ja
                                 : language == kokai::Language::en ? en
                                                                   : ja + " / " + en;
    std::fputs(kokai::redact("kokai: " + place + sentence + "\n").c_str(), stderr);
    return static_cast<int>(error.exit());
}

const std::map<std::string, bool> extra_words{{"keep", true}, {"drop", false}};

const std::map<std::string, kokai::OnError> on_error_words{
    {"keep", kokai::OnError::keep}, {"rows", kokai::OnError::rows}, {"dataset", kokai::OnError::dataset}};

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"kokai（公開）: 自治体の表や地図を、標準のオープンデータにして公開する\n"
                 "kokai turns municipal tables and maps into standard open data and publishes them\n"};
    app.set_version_flag("--version", "kokai " KOKAI_VERSION);
    app.require_subcommand(1);
    app.set_help_flag("--help,-h", "使い方 / help");
    Given given;
    std::function<int(const CommonOptions&)> action;

    CLI::App* run =
        app.add_subcommand("run", "データセットを変換・検査して公開する / convert, check and publish datasets");
    kokai::RunOptions run_options;
    run->add_option("DATASET", run_options.datasets, "データセットの ID（なければ全部） / dataset ids (default: all)");
    run->add_flag("--accept-ids", run_options.accept_ids,
                  "公開中のIDが多くなくなっても、今回だけ認める / let many issued IDs lose their rows, this once");
    run->add_option(
        "--accept", run_options.accept,
        "前回の版と大きく違っても、この理由で今回だけ公開する（ID を指定） / publish a change beyond the limits, "
        "this once, for this reason (name the dataset)");
    run->callback(
        [&] { action = [&](const CommonOptions& common) { return kokai::run_command(run_options, common); }; });

    CLI::App* check = app.add_subcommand("check", "公開できるか調べるだけ / only check");
    std::vector<std::string> check_what;
    kokai::ConvertOptions check_options;
    check_options.check_only = true;
    check->add_option("PATH|DATASET", check_what, "ファイルか、データセットの ID / a file, or dataset ids")->required();
    check->add_option("--schema", check_options.schema, "スキーマの ID、auto、none / schema id, auto or none");
    check->add_option("--publisher", check_options.publisher, "公開する自治体のコード / publisher's code");
    check->add_option("--out", check_options.out, "報告を置くフォルダー / folder for the report");
    check->add_option("--sheet", check_options.sheet, "シート名 / sheet");
    check->add_option("--header-row", check_options.header_row, "見出しの行 / header row");
    check->add_option("--encoding", check_options.encoding, "文字コード / encoding");
    check->add_option("--crs", check_options.crs, "座標系 EPSG:6677 など / coordinate system");
    check->callback([&] {
        action = [&](const CommonOptions& common) {
            if (check_what.size() == 1 && (kokai::is_path(check_what.front()) || check_what.front() == "-")) {
                check_options.source = check_what.front();
                return kokai::convert_command(check_options, common);
            }
            return kokai::run_command({check_what, true, check_options.out, false, {}}, common);
        };
    });

    CLI::App* convert = app.add_subcommand("convert", "一つのファイルを変換する / convert one file");
    kokai::ConvertOptions convert_options;
    convert->add_option("SOURCE", convert_options.source, "元のファイル（- は標準入力） / source file (- = stdin)")
        ->required();
    convert->add_option("--out", convert_options.out, "出力フォルダー（- は標準出力） / output folder (- = stdout)")
        ->required();
    convert->add_option("--schema", convert_options.schema, "スキーマの ID、auto、none / schema id, auto or none");
    convert->add_option("--format", convert_options.formats, "形式（csv,geojson,xlsx…） / formats")
        ->delimiter(',')
        ->allow_extra_args(false);  // what follows a blank is another argument
    convert->add_flag(
        "--record-separator", convert_options.output_options.record_separator,
        "geojsonseq の一件ごとに区切り文字 U+001E を置く（RFC 8142） / U+001E before every feature of geojsonseq");
    convert->add_option("--publisher", convert_options.publisher, "公開する自治体のコード / publisher's code");
    convert->add_option("--sheet", convert_options.sheet, "シート名・レイヤー名 / sheet or layer");
    convert->add_option("--header-row", convert_options.header_row, "見出しの行 / header row");
    convert->add_option("--encoding", convert_options.encoding, "文字コード / encoding");
    convert->add_option("--crs", convert_options.crs, "座標系 EPSG:6677 など / coordinate system");
    convert->add_option("--on-error", convert_options.on_error, "誤りのあるとき keep|rows|dataset / what an error does")
        ->transform(CLI::CheckedTransformer(on_error_words));
    convert
        ->add_option("--extra", convert_options.keep_extra,
                     "項目にない列 keep|drop / columns that no field takes: behind the others, or left out")
        ->transform(CLI::CheckedTransformer(extra_words));
    convert->callback(
        [&] { action = [&](const CommonOptions& common) { return kokai::convert_command(convert_options, common); }; });

    CLI::App* init =
        app.add_subcommand("init", "ファイルから dataset.json の案を作る / propose a dataset.json for a file");
    kokai::InitOptions init_options;
    init->add_option("SOURCE", init_options.source, "元のファイル / source file")->required();
    init->add_option("--schema", init_options.schema, "スキーマの ID、auto、none / schema id, auto or none");
    init->add_option("--publisher", init_options.publisher, "公開する自治体のコード / publisher's code");
    init->add_option("--out", init_options.out, "データセットのフォルダー / the dataset's folder");
    init->add_option("--sheet", init_options.sheet, "シート名・レイヤー名 / sheet or layer");
    init->add_option("--header-row", init_options.header_row, "見出しの行 / header row");
    init->add_option("--encoding", init_options.encoding, "文字コード / encoding");
    init->add_option("--crs", init_options.crs, "座標系 EPSG:6677 など / coordinate system");
    init->callback(
        [&] { action = [&](const CommonOptions& common) { return kokai::init_command(init_options, common); }; });

    CLI::App* publish =
        app.add_subcommand("publish", "公開先（CKAN など）に公開する / publish to a target such as CKAN");
    kokai::PublishCommand publish_options;
    publish->add_option("DATASET", publish_options.datasets,
                        "データセットの ID（なければ全部） / dataset ids (default: all)");
    publish->add_option("--to", publish_options.to, "公開先の名前（datasets/catalogs.json） / target in catalogs.json")
        ->required();
    publish->add_flag("--dry-run", publish_options.dry_run, "計画を見るだけ / only show the plan");
    publish->add_option("--plan", publish_options.plan_file, "計画をファイルに残す / keep the plan in a file");
    publish->add_option("--apply", publish_options.apply_file,
                        "残した計画のとおりに行う / do just what a kept plan says");
    publish->add_flag("--verify", publish_options.verify,
                      "公開したとおりか、すべて読み戻して調べる / read everything back and compare");
    publish->add_flag("--remove-orphaned", publish_options.remove_orphaned,
                      "公開したが手元にないものを消す / remove what was published and is no longer local");
    publish
        ->add_option("--overwrite", publish_options.overwrite,
                     "公開先で編集された項目を上書きする（all = すべて） / write over fields that were edited there")
        ->delimiter(',')
        ->allow_extra_args(false);
    publish
        ->add_option("--rollback", publish_options.edition, "前の版に戻す（版を指定できる） / back to a former edition")
        ->expected(0, 1);
    publish->callback([&, publish] {
        action = [&, publish](const CommonOptions& common) {
            publish_options.rollback = publish->count("--rollback") != 0;
            return kokai::publish_command(publish_options, common);
        };
    });

    CLI::App* diff = app.add_subcommand("diff", "二つの版の違いを ID ごとに見る / what changed between two editions");
    kokai::DiffCommandOptions diff_options;
    diff->add_option(
            "OLD", diff_options.before,
            "前の版: output/ID、catalog/ID/editions/版、または表のファイル / a folder of an edition, or a file")
        ->required();
    diff->add_option("NEW", diff_options.now, "今の版 / the other one")->required();
    diff->add_option("--key", diff_options.key,
                     "行を見分ける列（なければ公開したときのキー） / columns that name a row")
        ->delimiter(',')
        ->allow_extra_args(false);
    diff->add_option("--out", diff_options.out,
                     "diff.json と diff.html を置くフォルダー / folder for diff.json, diff.html");
    diff->add_option("--limit", diff_options.limit,
                     "一覧に出す行の数（追加・削除・変更それぞれ） / how many rows of a kind are listed");
    diff->add_flag("--exit-code", diff_options.exit_code, "違いがあれば終了コード 1 / exit 1 when something differs");
    diff->callback(
        [&] { action = [&](const CommonOptions& common) { return kokai::diff_command(diff_options, common); }; });

    CLI::App* schemas = app.add_subcommand("schemas", "標準データセットの一覧・項目 / schemas and their fields");
    kokai::SchemasOptions schemas_options;
    schemas->add_option("ID", schemas_options.id, "スキーマの ID / schema id");
    schemas->add_option("--template", schemas_options.form,
                        "記入する様式（.xlsx）を作る / write an empty form with drop-downs and an example");
    schemas->callback(
        [&] { action = [&](const CommonOptions& common) { return kokai::schemas_command(schemas_options, common); }; });

    CLI::App* stages = app.add_subcommand("stages", "処理の一覧 / the stages there are");
    stages->callback([&] { action = [](const CommonOptions& common) { return kokai::stages_command(common); }; });

    CLI::App* normalise = app.add_subcommand("normalise", "値を一行ずつ正規化する / normalise one value a line");
    kokai::NormaliseOptions normalise_options;
    normalise->add_option("KIND", normalise_options.kind, "種類 / kind of value: " + kokai::list_of_kinds())
        ->required();
    normalise->add_option("--crs", normalise_options.crs,
                          "position の座標系 EPSG:6677 など / coordinate system of a position");
    normalise->add_option("--publisher", normalise_options.publisher,
                          "address: 公開する自治体の全国地方公共団体コード（6 桁） / code of the municipality");
    normalise->callback([&] {
        action = [&](const CommonOptions& common) { return kokai::normalise_command(normalise_options, common); };
    });

    CLI::App* serve =
        app.add_subcommand("serve", "できたカタログをこの機械のブラウザーで見る / show the catalog on this machine");
    kokai::ServeOptions serve_options;
    serve->add_option("--port", serve_options.port, "ポート番号（0 = 空いているもの） / port (0 = any free one)")
        ->check(CLI::Range(0U, 65535U))
        ->capture_default_str();
    serve->callback(
        [&] { action = [&](const CommonOptions& common) { return kokai::serve_command(serve_options, common); }; });

    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
        add_common(*command, given);
        command->set_help_flag("--help,-h", "使い方 / help");
    }

    CommonOptions common;
    common.language = kokai::language_of_environment();
    try {
        app.parse(argc, argv);
        common = common_of(given);
        kokai::watch_signals();
        return action(common);
    } catch (const CLI::Success& success) {
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        const kokai::UsageError usage("コマンドの書き方が正しくありません: " + std::string(error.what()) +
                                          "（kokai --help）",
                                      std::string(error.what()) + " (kokai --help)");
        return report_failure(usage, given.json, common.language);
    } catch (const kokai::Error& error) {
        return report_failure(error, common.json, common.language);
    } catch (const std::bad_alloc&) {
        return report_failure(kokai::WorldError({}, "メモリーが足りません", "out of memory"), common.json,
                              common.language);
    } catch (const std::exception& error) {
        return report_failure(kokai::WorldError({}, error.what(), error.what()), common.json, common.language);
    }
}
