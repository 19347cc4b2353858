// SPDX-License-Identifier: Apache-2.0
// How fast normalise + locate + validate are by themselves: the generator's 26 columns held in memory, every stage of a
// run on them in batches of 1,024, each worker's own processor time. No file, no report.
//   kokai_bench FACILITIES.csv [WORKERS]
#include "locate/points.hpp"
#include "model/schema_json.hpp"
#include "normalise/availability.hpp"
#include "normalise/column.hpp"
#include "normalise/poi_proposal.hpp"
#include "validate/fields.hpp"
#include "validate/formula_like.hpp"
#include "validate/municipality.hpp"
#include "validate/place_duplicates.hpp"
#include "validate/rare_characters.hpp"
#include "validate/rules.hpp"
#include "validate/unique.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <deque>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace kokai;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// RFC 4180.
Rows read_csv(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    Rows rows(1, {""});
    bool quoted = false;
    for (std::size_t at = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"') {
            if (quoted && at + 1 < text.size() && text[at + 1] == '"') {
                rows.back().back() += '"';
                ++at;
            } else {
                quoted = !quoted;
            }
        } else if (c == ',' && !quoted) {
            rows.back().emplace_back();
        } else if (c == '\n' && !quoted) {
            rows.push_back({""});
        } else if (c != '\r' || quoted) {
            rows.back().back() += c;
        }
    }
    rows.pop_back();
    return rows;
}

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Stages {
    std::vector<std::pair<std::string, std::unique_ptr<Transform>>> transforms;
    std::unique_ptr<UniqueKey> unique;
    std::unique_ptr<DuplicatePlaces> duplicates;
    std::mutex turn;
};

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fputs("kokai_bench FACILITIES.csv [WORKERS]\n", stderr);
        return 2;
    }
    const unsigned workers = count > 2 ? static_cast<unsigned>(std::stoul(arguments[2])) : 2;
    const Rows rows = read_csv(arguments[1]);
    std::ifstream file(std::string(KOKAI_SOURCE_DIR) + "/schemas/v1/public_facility.json");
    const std::string json((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<Mistake> mistakes;
    const Schema schema = parse_schema(json, "public_facility.json", mistakes);
    Shape shape;
    std::deque<Field> plain;
    for (std::size_t i = 0; i < rows.front().size(); ++i) {
        const std::string& name = rows.front()[i];
        const auto field = std::find_if(schema.fields.begin(), schema.fields.end(), [&](const Field& one) {
            return one.name == name || std::find(one.aliases.begin(), one.aliases.end(), name) != one.aliases.end();
        });
        shape.columns.push_back({field == schema.fields.end() ? name : field->name,
                                 field == schema.fields.end() ? nullptr : &*field,
                                 {{0, static_cast<std::uint32_t>(i + 1), name}}});
    }

    Stages stages;
    const auto add = [&](std::string name, std::unique_ptr<Transform> stage) {
        stage->bind(shape);
        stages.transforms.emplace_back(std::move(name), std::move(stage));
    };
    add("availability", std::make_unique<SplitAvailability>());
    add("poi-proposal", std::make_unique<ProposePoi>());
    for (const ColumnInfo& column : shape.columns) {
        const Field* field = column.field;
        if (field == nullptr) {
            plain.emplace_back();
            plain.back().name = column.name;
            plain.back().kind = kind_of_header(column.name);
            field = &plain.back();
        }
        add("normalise " + column.name, std::make_unique<NormaliseColumn>(column.name, *field));
    }
    add("locate", std::make_unique<LocatePoints>(schema.latitude, schema.longitude));
    add("fields", std::make_unique<CheckFields>());
    add("municipality", std::make_unique<CheckMunicipality>("131016"));
    add("rules", std::make_unique<CheckRules>(rules_for(schema.rules, shape)));
    add("formula-like", std::make_unique<TellFormulas>());
    add("rare-characters", std::make_unique<TellRareCharacters>());
    stages.unique = std::make_unique<UniqueKey>(schema.primary_key);
    stages.unique->bind(shape);
    Shape located = shape;
    located.has_geometry = true;
    stages.duplicates = std::make_unique<DuplicatePlaces>(std::vector<SourceInfo>{});
    stages.duplicates->bind(located);

    constexpr std::size_t batch_rows = 1024;
    std::vector<std::vector<double>> seconds(workers, std::vector<double>(stages.transforms.size() + 2));
    std::vector<std::size_t> told(workers);
    std::vector<std::thread> threads;
    for (unsigned worker = 0; worker < workers; ++worker) {
        threads.emplace_back([&, worker] {
            for (std::size_t first = 1 + worker * batch_rows; first < rows.size(); first += workers * batch_rows) {
                Batch batch;
                batch.sequence = first;
                batch.columns.resize(shape.columns.size());
                for (std::size_t row = first; row < std::min(first + batch_rows, rows.size()); ++row) {
                    for (std::size_t column = 0; column < shape.columns.size(); ++column) {
                        batch.columns[column].cells.push_back(batch.bytes.keep(rows[row][column]));
                    }
                    batch.rows.push_back({static_cast<std::uint32_t>(row + 1), 0, 0});
                    batch.states.push_back(RowState::kept);
                }
                Findings findings;
                double before = processor_seconds();
                for (std::size_t i = 0; i < stages.transforms.size(); ++i) {
                    stages.transforms[i].second->run(batch, findings);
                    const double now = processor_seconds();
                    seconds[worker][i] += now - before;
                    before = now;
                }
                stages.duplicates->prepare(batch);
                seconds[worker].back() += processor_seconds() - before;
                const std::lock_guard lock(stages.turn);
                before = processor_seconds();
                stages.unique->admit(batch, findings);
                const double now = processor_seconds();
                seconds[worker][stages.transforms.size()] += now - before;
                stages.duplicates->admit(batch, findings);
                seconds[worker].back() += processor_seconds() - now;
                told[worker] += findings.list().size();
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    double slowest = 0;
    double all = 0;
    for (const std::vector<double>& one : seconds) {
        double sum = 0;
        for (const double part : one) {
            sum += part;
        }
        slowest = std::max(slowest, sum);
        all += sum;
    }
    const auto rows_done = static_cast<double>(rows.size() - 1);
    std::size_t findings = 0;
    for (const std::size_t one : told) {
        findings += one;
    }
    std::printf("%.0f rows, %zu columns, %zu findings, %u workers: %.2f million rows/s (%.3f us of one core a row)\n",
                rows_done, shape.columns.size(), findings, workers, rows_done / slowest * 1e-6, all / rows_done * 1e6);
    for (std::size_t i = 0; i < stages.transforms.size() + 2; ++i) {
        double part = 0;
        for (const std::vector<double>& one : seconds) {
            part += one[i];
        }
        if (part / all >= 0.01) {
            std::printf("  %5.1f %%  %6.0f ns  %s\n", 100 * part / all, part / rows_done * 1e9,
                        i < stages.transforms.size()    ? stages.transforms[i].first.c_str()
                        : i == stages.transforms.size() ? "unique"
                                                        : "place-duplicates");
        }
    }
    return 0;
}
