// SPDX-License-Identifier: Apache-2.0
#include "engine/table_run.hpp"

#include "support/interrupt.hpp"
#include "support/output_file.hpp"

#include <malloc.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace kokai {
namespace {

/// How many times its source's bytes a batch may take, in KML: a buffer that grows step by step touches twice as much
/// memory, and what is never filled costs nothing.
constexpr std::size_t widest_format = 4;

/// Lets batches through in the order of their numbers.
class Turnstile {
public:
    /// False when the run has failed elsewhere.
    bool wait(std::uint64_t number) {
        std::unique_lock lock(mutex_);
        turn_.wait(lock, [&] { return next_ == number || failed_; });
        return !failed_;
    }
    void pass() {
        {
            const std::lock_guard lock(mutex_);
            ++next_;
        }
        turn_.notify_all();
    }
    void fail() {
        {
            const std::lock_guard lock(mutex_);
            failed_ = true;
        }
        turn_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable turn_;
    std::uint64_t next_ = 0;
    bool failed_ = false;
};

}  // namespace

/// What the workers of one run share.
class TableRun::Line {
public:
    explicit Line(TableRun& run) : run_(run), appending_(run.stages_.sinks.size()) {}

    void work() {
        try {
            carry();
        } catch (...) {
            {
                const std::lock_guard lock(error_mutex_);
                if (!error_) {
                    error_ = std::current_exception();
                }
            }
            admitting_.fail();
            for (Turnstile& turnstile : appending_) {
                turnstile.fail();
            }
            logging_.fail();
            const std::lock_guard lock(reading_);
            done_ = true;
        }
    }

    void rethrow() {
        if (error_) {
            std::rethrow_exception(error_);
        }
    }

private:
    /// To one output. False when the run has failed elsewhere.
    bool write(std::size_t output, const Batch& batch, Buffer& buffer, Findings& findings) {
        Sink& sink = *run_.stages_.sinks[output];
        buffer.clear();
        buffer.bytes.reserve(batch.raw.size() * widest_format);
        sink.encode(batch, buffer, findings);
        if (!appending_[output].wait(batch.sequence)) {
            return false;
        }
        sink.append(std::move(buffer));
        appending_[output].pass();
        return true;
    }

    void carry() {
        Batch batch;
        Findings findings;
        Buffer buffer;  // one for all outputs: it stays in the processor's cache
        std::string lines;
        while (true) {
            batch.clear();
            findings.clear();
            {
                const std::lock_guard lock(reading_);
                if (done_) {
                    return;
                }
                stop_if_interrupted();
                if (!run_.stages_.source->next(batch, findings)) {
                    done_ = true;
                    late_ = std::move(findings);
                    return;
                }
                batch.sequence = next_number_++;
                if (run_.options_.progress) {
                    run_.options_.progress(run_.stages_.source->position(), run_.stages_.source->size());
                }
            }
            run_.stages_.source->parse(batch, findings);
            batch.states.assign(batch.size(), RowState::kept);
            for (const auto& transform : run_.stages_.transforms) {
                transform->run(batch, findings);
            }
            for (const auto& check : run_.stages_.checks) {
                check->prepare(batch);
            }
            if (!admitting_.wait(batch.sequence)) {
                return;
            }
            run_.admit(batch, findings);
            admitting_.pass();

            const std::size_t settled = findings.list().size();
            // One turnstile an output: while one worker appends to the first, another may append to the second.
            for (std::size_t i = 0; i < run_.stages_.sinks.size(); ++i) {
                if (!write(i, batch, buffer, findings)) {
                    return;
                }
            }
            std::vector<int> accepted;  // what the sinks found is lowered, too, and counted in its turn
            for (std::size_t i = settled; i < findings.list().size(); ++i) {
                if (const int accept = run_.lower(findings.list()[i]); accept >= 0) {
                    accepted.push_back(accept);
                }
            }
            run_.conceal(findings);
            lines.clear();
            if (run_.options_.findings_file != nullptr) {
                append_finding_lines(lines, findings.list(), run_.sources_);
            }
            if (!logging_.wait(batch.sequence)) {
                return;
            }
            for (const int accept : accepted) {
                run_.outcome_.log.count_accepted(accept);
            }
            run_.outcome_.log.add(findings.list(), run_.sources_);
            if (run_.options_.findings_file != nullptr) {
                run_.options_.findings_file->append(std::string_view(lines));
            }
            logging_.pass();
        }
    }

public:
    Findings late_;

private:
    TableRun& run_;
    std::mutex reading_;
    bool done_ = false;
    std::uint64_t next_number_ = 0;
    Turnstile admitting_;
    std::vector<Turnstile> appending_;  // one a sink
    Turnstile logging_;
    std::mutex error_mutex_;
    std::exception_ptr error_;
};

TableRun::TableRun(TableStages stages, TableOptions options)
    : stages_(std::move(stages)), options_(std::move(options)) {}
TableRun::~TableRun() = default;

const Shape& TableRun::open() {
    shapes_.push_back(stages_.source->open(opening_));
    for (const auto& transform : stages_.transforms) {
        shapes_.push_back(transform->bind(shapes_.back()));
    }
    return shapes_.back();
}

void TableRun::add(std::unique_ptr<Transform> transform) {
    shapes_.push_back(transform->bind(shapes_.back()));
    stages_.transforms.push_back(std::move(transform));
}

void TableRun::add(std::unique_ptr<Check> check) {
    stages_.checks.push_back(std::move(check));
}

void TableRun::add(std::unique_ptr<Sink> sink) {
    stages_.sinks.push_back(std::move(sink));
}

/// The published columns that a finding's column ends in. A finding of a later stage names one of them; one of the
/// reader names a column of the source, that the mapping may have renamed, joined or used twice.
std::vector<std::size_t> TableRun::columns_of(const ColumnInfo& field) const {
    const std::vector<ColumnInfo>& published = shapes_.back().columns;
    const auto same = [](const SourceColumn& a, const SourceColumn& b) {
        return a.source == b.source && a.number == b.number;
    };
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < published.size(); ++i) {
        const std::vector<SourceColumn>& from = published[i].from;
        if (published[i].name == field.name &&
            std::equal(from.begin(), from.end(), field.from.begin(), field.from.end(), same)) {
            return {i};
        }
        const bool holds = std::any_of(from.begin(), from.end(), [&](const SourceColumn& column) {
            return field.from.size() == 1 && same(column, field.from.front());
        });
        if (holds) {
            found.push_back(i);
        }
    }
    return found;
}

/// Takes a finding's level down where the department has accepted it; the index of its entry, or -1.
int TableRun::lower(Finding& finding) const {
    if (finding.severity == Severity::note || options_.policy.accept.empty()) {
        return -1;
    }
    const int accept = options_.policy.accepts(finding);
    if (accept >= 0) {
        finding.severity = options_.policy.accept[static_cast<std::size_t>(accept)].level;
    }
    return accept;
}

void TableRun::conceal(Findings& findings) const {
    if (options_.conceal) {
        options_.conceal(findings);
    }
}

/// Accepts what the department has accepted, and lets errors do what on_error says.
void TableRun::settle(Batch& batch, Findings& findings, std::size_t from) {
    std::vector<Finding>& list = findings.list();
    for (std::size_t i = from; i < list.size(); ++i) {
        Finding& finding = list[i];
        if (finding.batch_row == Finding::no_row && finding.where.row != 0) {
            // A finding of the reader knows the row of the sheet only.
            const auto same = std::find_if(batch.rows.begin(), batch.rows.end(), [&](const Origin& origin) {
                return origin.row == finding.where.row && origin.source == finding.where.source;
            });
            if (same != batch.rows.end()) {
                finding.batch_row = static_cast<std::uint32_t>(same - batch.rows.begin());
            }
        }
        if (const int accept = lower(finding); accept >= 0) {
            outcome_.log.count_accepted(accept);
            continue;
        }
        if (finding.severity != Severity::error || finding.batch_row == Finding::no_row) {
            continue;
        }
        if (options_.policy.on_error == OnError::rows) {
            batch.states[finding.batch_row] = RowState::withheld;
        } else if (options_.policy.on_error == OnError::keep && info(finding.code).unfit) {
            if (finding.where.field != nullptr) {
                for (const std::size_t column : columns_of(*finding.where.field)) {
                    batch.columns[column].cells[finding.batch_row] = {};
                }
            }
        }
    }
}

void TableRun::count_wrong_rows(const Batch& batch, const std::vector<Finding>& list) {
    wrong_.clear();
    for (const Finding& finding : list) {
        if (finding.severity == Severity::error && finding.batch_row != Finding::no_row) {
            wrong_.resize(batch.size());
            outcome_.rows.with_error += wrong_[finding.batch_row] ? 0U : 1U;
            wrong_[finding.batch_row] = true;
        }
    }
}

void TableRun::admit(Batch& batch, Findings& findings) {
    // Rows that a `where` leaves out have nothing to say, and totals answer for their sums only.
    std::vector<Finding>& list = findings.list();
    std::erase_if(list, [&](const Finding& finding) {
        return finding.batch_row != Finding::no_row && (batch.states[finding.batch_row] == RowState::filtered ||
                                                        batch.states[finding.batch_row] == RowState::total);
    });
    RowCounts& rows = outcome_.rows;
    batch.first_row = rows.read;
    settle(batch, findings, 0);
    for (const auto& check : stages_.checks) {
        const std::size_t before = list.size();
        check->admit(batch, findings);
        settle(batch, findings, before);
    }
    count_wrong_rows(batch, list);
    batch.first_written_row = rows.written;
    rows.read += batch.size();
    for (std::size_t row = 0; row < batch.size(); ++row) {
        switch (batch.states[row]) {
        case RowState::kept:
            ++rows.written;
            if (!batch.shapes.empty() && batch.shapes.kind(row) != GeometryKind::none) {
                ++rows.with_position;
            }
            if (outcome_.preview.size() < options_.preview_rows) {
                std::vector<std::string> cells;
                for (const Column& column : batch.columns) {
                    cells.emplace_back(column.cells[row]);
                }
                outcome_.preview.push_back(std::move(cells));
            }
            if (!chart_.empty() && outcome_.chart_cells.size() < options_.most_chart_rows) {
                std::vector<std::string> cells;
                for (const std::size_t column : chart_) {
                    cells.emplace_back(column == Shape::npos ? Cell{} : batch.columns[column].cells[row]);
                }
                outcome_.chart_cells.push_back(std::move(cells));
            }
            break;
        case RowState::filtered:
            ++rows.filtered;
            break;
        case RowState::total:
            ++rows.totals;
            break;
        case RowState::withheld:
            ++rows.withheld;
            break;
        }
    }
}

void TableRun::finish(TableOutcome& outcome) {
    Findings last;
    stages_.source->end(last);
    for (const auto& check : stages_.checks) {
        check->end(last);
    }
    if (outcome.rows.read == outcome.rows.totals + outcome.rows.filtered) {
        last.add(Code::table_empty, {}, "");
    }
    Batch nothing;
    settle(nothing, last, 0);
    conceal(last);
    sources_ = stages_.source->about();
    outcome.log.add(last.list(), sources_);
    if (options_.findings_file != nullptr) {
        std::string lines;
        append_finding_lines(lines, last.list(), sources_);
        options_.findings_file->append(std::string_view(lines));
    }
}

/// Side by side: an index is built at the end, and every file waits for its disk.
void TableRun::close_sinks() {
    outcome_.outputs.resize(stages_.sinks.size());
    std::vector<std::exception_ptr> errors(stages_.sinks.size());
    const auto close = [&](std::size_t i) {
        try {
            outcome_.outputs[i] = stages_.sinks[i]->close();
        } catch (...) {
            errors[i] = std::current_exception();
        }
    };
    if (options_.workers <= 1) {
        for (std::size_t i = 0; i < errors.size(); ++i) {
            close(i);
        }
    } else {
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < errors.size(); ++i) {
            threads.emplace_back(close, i);
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
    for (const std::exception_ptr& error : errors) {
        if (error) {
            std::rethrow_exception(error);
        }
    }
}

TableOutcome TableRun::go() {
    sources_ = stages_.source->about();
    for (const std::string& name : options_.chart_columns) {
        chart_.push_back(shapes_.back().find(name));
    }
    for (const auto& check : stages_.checks) {
        check->bind(shapes_.back());
    }
    for (const auto& sink : stages_.sinks) {
        sink->open(shapes_.back());
    }
    Batch nothing;
    settle(nothing, opening_, 0);
    conceal(opening_);
    outcome_.log.add(opening_.list(), sources_);
    if (options_.findings_file != nullptr) {
        std::string lines;
        append_finding_lines(lines, opening_.list(), sources_);
        options_.findings_file->append(std::string_view(lines));
    }

    Line line(*this);
    if (options_.workers <= 1) {
        line.work();
    } else {
        std::vector<std::thread> threads;
        threads.reserve(options_.workers);
        for (unsigned i = 0; i < options_.workers; ++i) {
            threads.emplace_back([&line] { line.work(); });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
    }
    line.rethrow();
    settle(nothing, line.late_, 0);
    conceal(line.late_);
    outcome_.log.add(line.late_.list(), sources_);
    finish(outcome_);
#ifdef __GLIBC__
    ::malloc_trim(0);  // what the workers held goes back before the indexes need theirs
#endif
    close_sinks();
    outcome_.sources = sources_;
    outcome_.shape = shapes_.back();
    return std::move(outcome_);
}

}  // namespace kokai
