// SPDX-License-Identifier: Apache-2.0
// Evidence is weighed strongest first; each row and each ID is taken once. Of rows that look alike (three AEDs in one
// hall) those with the department's own number go first, the others in their order.
#include "validate/issued_ids.hpp"

#include "normalise/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace kokai {
namespace {

constexpr std::array<std::string_view, 8> heads{"表", "ID", "名称", "所在地", "緯度", "経度", "照合", "状態"};
constexpr std::string_view in_use_word = "使用中";
constexpr std::string_view retired_word = "欠番";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Decimal degrees to five decimals, about a metre; empty unless both are numbers.
std::string place_of(std::string_view latitude, std::string_view longitude) {
    std::string text;
    for (const std::string_view part : {latitude, longitude}) {
        double degrees = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), degrees);
        if (error != std::errc{} || end != part.data() + part.size()) {
            return {};
        }
        text += fmt::format("{:.5f};", degrees);
    }
    return text;
}

/// What is compared of a row or of an issued ID.
struct Compared {
    std::string id, print, name, address, place;
};

Compared compared(const std::string& id, const std::string& print, const std::string& name, const std::string& address,
                  const std::string& latitude, const std::string& longitude) {
    return {id, print, fold_key(name), fold_key(address), place_of(latitude, longitude)};
}

std::string key_of(std::initializer_list<const std::string*> parts) {
    std::string key;
    for (const std::string* part : parts) {
        if (part->empty()) {
            return {};
        }
        key += *part + '\x1F';
    }
    return key;
}

bool one_is_alike(const Compared& a, const Compared& b) {
    const auto same = [](const std::string& x, const std::string& y) { return !x.empty() && x == y; };
    return same(a.name, b.name) || same(a.address, b.address) || same(a.place, b.place);
}

/// The form of new IDs: that of most IDs so far.
struct Form {
    std::string prefix;
    std::size_t width = 10;
    std::uint64_t next = 1;
};

Form form_of(const std::set<std::string>& ids) {
    struct Seen {
        std::size_t count = 0;
        std::uint64_t most = 0;
    };
    constexpr std::size_t most_digits = 18;
    std::map<std::pair<std::string, std::size_t>, Seen> forms;
    for (const std::string& id : ids) {
        std::size_t begin = id.size();
        while (begin > 0 && id.size() - begin < most_digits && id[begin - 1] >= '0' && id[begin - 1] <= '9') {
            --begin;
        }
        std::uint64_t number = 0;
        if (begin == id.size() || std::from_chars(id.data() + begin, id.data() + id.size(), number).ec != std::errc{}) {
            continue;
        }
        const bool padded = id[begin] == '0';  // 1 to 12 have one form, 001 to 012 another
        Seen& seen = forms[{id.substr(0, begin), padded || id.size() - begin >= 10 ? id.size() - begin : 1}];
        ++seen.count;
        seen.most = std::max(seen.most, number);
    }
    Form form;
    std::size_t best = 0;
    for (const auto& [name, seen] : forms) {
        if (seen.count > best) {
            best = seen.count;
            form = {name.first, name.second, seen.most + 1};
        }
    }
    return form;
}

class Giver {
public:
    Giver(const std::string& table, const std::vector<IssuedId>& former, const std::vector<RowEvidence>& rows)
        : table_(table), rows_given_(rows) {
        change_.issued = former;
        for (std::size_t i = 0; i < former.size(); ++i) {
            if (former[i].table == table) {
                const IssuedId& one = former[i];
                lines_.push_back(i);
                old_.push_back(compared(one.id, one.print, one.name, one.address, one.latitude, one.longitude));
                change_.before += one.in_use ? 1U : 0U;
                known_.insert(one.id);
            }
        }
        for (const RowEvidence& row : rows) {
            now_.push_back(compared(row.given, row.print, row.name, row.address, row.latitude, row.longitude));
        }
        row_of_.assign(old_.size(), none);
        old_of_.assign(now_.size(), none);
    }

    IdChange give() {
        using Key = std::string (*)(const Compared&);
        const std::array<Key, 5> keys{
            [](const Compared& one) { return one.print; },
            [](const Compared& one) {
                return key_of({&one.name, &one.address, &one.place});
            },
            [](const Compared& one) {
                return key_of({&one.name, &one.address});
            },
            [](const Compared& one) {
                return key_of({&one.name, &one.place});
            },
            [](const Compared& one) {
                return key_of({&one.address, &one.place});
            },
        };
        for (const bool in_use : {true, false}) {  // one that came back has its own ID again
            for (const Key key : keys) {
                pair_by(key, in_use);
            }
            pair_by_given(in_use);
            pair_by_name_alone(in_use);
        }
        return result();
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    void pair(std::size_t row, std::size_t old) {
        old_of_[row] = old;
        row_of_[old] = row;
    }
    [[nodiscard]] bool is_open(std::size_t old, bool in_use) const {
        return row_of_[old] == none && change_.issued[lines_[old]].in_use == in_use;
    }

    template <typename Key>
    void pair_by(Key key, bool in_use) {
        std::map<std::string, std::vector<std::size_t>> open;
        for (std::size_t old = 0; old < old_.size(); ++old) {
            if (is_open(old, in_use)) {
                if (std::string of = key(old_[old]); !of.empty()) {
                    open[std::move(of)].push_back(old);
                }
            }
        }
        for (const bool own_number : {true, false}) {
            for (std::size_t row = 0; row < now_.size(); ++row) {
                const auto group = old_of_[row] == none ? open.find(key(now_[row])) : open.end();
                if (group == open.end()) {
                    continue;
                }
                const auto one = std::find_if(group->second.begin(), group->second.end(), [&](std::size_t old) {
                    return row_of_[old] == none && (!own_number || old_[old].id == now_[row].id);
                });
                if (one != group->second.end()) {
                    pair(row, *one);
                }
            }
        }
    }

    void pair_by_given(bool in_use) {
        std::map<std::string, std::size_t> by_id;
        for (std::size_t old = 0; old < old_.size(); ++old) {
            if (is_open(old, in_use)) {
                by_id.emplace(old_[old].id, old);
            }
        }
        for (std::size_t row = 0; row < now_.size(); ++row) {
            const auto found = old_of_[row] == none ? by_id.find(now_[row].id) : by_id.end();
            if (found != by_id.end() && row_of_[found->second] == none &&
                one_is_alike(now_[row], old_[found->second])) {
                pair(row, found->second);
            }
        }
    }

    /// Only between those that have nothing else, and only where the name is the only one.
    void pair_by_name_alone(bool in_use) {
        const auto key = [](const Compared& one) {
            return one.address.empty() && one.place.empty() ? one.name : std::string();
        };
        std::map<std::string, std::vector<std::size_t>> old_ones;
        std::map<std::string, std::vector<std::size_t>> rows;
        for (std::size_t old = 0; old < old_.size(); ++old) {
            if (is_open(old, in_use)) {
                old_ones[key(old_[old])].push_back(old);
            }
        }
        for (std::size_t row = 0; row < now_.size(); ++row) {
            if (old_of_[row] == none) {
                rows[key(now_[row])].push_back(row);
            }
        }
        for (const auto& [name, which] : rows) {
            const auto same = old_ones.find(name);
            if (!name.empty() && which.size() == 1 && same != old_ones.end() && same->second.size() == 1) {
                pair(which.front(), same->second.front());
            }
        }
    }

    IdChange result() {
        change_.ids.resize(now_.size());
        change_.fresh.assign(now_.size(), false);
        for (std::size_t old = 0; old < old_.size(); ++old) {
            IssuedId& line = change_.issued[lines_[old]];
            if (row_of_[old] == none) {
                change_.gone += line.in_use ? 1U : 0U;
                line.in_use = false;
            } else {
                change_.ids[row_of_[old]] = line.id;
                line = line_of(line.id, rows_given_[row_of_[old]]);
            }
        }
        // The department's own numbers first, so that a made one never takes the place of one further down.
        for (std::size_t row = 0; row < now_.size(); ++row) {
            const std::string& given = rows_given_[row].given;
            if (old_of_[row] == none && !given.empty() && known_.insert(given).second) {
                change_.ids[row] = given;
                change_.fresh[row] = true;
            }
        }
        Form form = form_of(known_);
        for (std::size_t row = 0; row < now_.size(); ++row) {
            if (old_of_[row] != none) {
                continue;
            }
            while (change_.ids[row].empty()) {
                std::string id = fmt::format("{}{:0{}}", form.prefix, form.next, form.width);
                ++form.next;
                if (known_.insert(id).second) {
                    change_.ids[row] = std::move(id);
                }
            }
            change_.fresh[row] = true;
            change_.issued.push_back(line_of(change_.ids[row], rows_given_[row]));
        }
        return std::move(change_);
    }

    [[nodiscard]] IssuedId line_of(const std::string& id, const RowEvidence& row) const {
        return {table_, id, row.name, row.address, row.latitude, row.longitude, row.print, true};
    }

    const std::string& table_;
    const std::vector<RowEvidence>& rows_given_;
    IdChange change_;
    std::vector<std::size_t> lines_;  // of ids.csv, of this table
    std::vector<Compared> old_, now_;
    std::vector<std::size_t> row_of_, old_of_;
    std::set<std::string> known_;
};

std::vector<std::vector<std::string>> records_of(std::string_view text) {
    std::vector<std::vector<std::string>> all;
    std::vector<std::string> record(1);
    bool quoted = false;
    bool any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        any = any || (c != '\r' && c != '\n');
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            record.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            record.emplace_back();
        } else if (!quoted && c == '\n') {
            all.push_back(std::move(record));
            record.assign(1, {});
            any = false;
        } else if (quoted || c != '\r') {
            record.back() += c;
        }
    }
    if (any) {
        all.push_back(std::move(record));
    }
    return all;
}

void append_cell(std::string& text, std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        text += cell;
        return;
    }
    text += '"';
    for (const char c : cell) {
        text += c;
        if (c == '"') {
            text += c;
        }
    }
    text += '"';
}

}  // namespace

IdChange give_ids(const std::string& table, const std::vector<IssuedId>& former, const std::vector<RowEvidence>& rows) {
    return Giver(table, former, rows).give();
}

std::vector<IssuedId> parse_issued_ids(std::string_view text, std::string_view file, std::vector<Mistake>& mistakes) {
    std::vector<IssuedId> all;
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    const auto wrong = [&](std::size_t line, std::string ja, std::string en) {
        mistakes.push_back({std::string(file), fmt::format("{}", line), std::move(ja), std::move(en)});
    };
    const auto records = records_of(text);
    if (records.empty() || !std::equal(heads.begin(), heads.end(), records.front().begin(), records.front().end())) {
        wrong(1, "見出しの行が違います。kokai が書いたファイルに戻してください",
              "the header is not the one that kokai wrote: restore the file");
        return all;
    }
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const std::vector<std::string>& cells = records[i];
        if (cells.size() != heads.size() || cells[1].empty() || (cells[7] != in_use_word && cells[7] != retired_word)) {
            wrong(i + 1, "この行は ids.csv の形ではありません。kokai が書いたファイルに戻してください",
                  "not a line of ids.csv: restore the file that kokai wrote");
            continue;
        }
        if (!seen.emplace(cells[0], cells[1]).second) {
            wrong(i + 1, fmt::format("ID「{}」が二度あります", cells[1]),
                  fmt::format("the ID \"{}\" stands here twice", cells[1]));
            continue;
        }
        all.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7] == in_use_word});
    }
    return all;
}

std::string issued_ids_text(const std::vector<IssuedId>& issued) {
    std::string text(byte_order_mark);
    const auto line = [&](const std::array<std::string_view, 8>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text += i == 0 ? "" : ",";
            append_cell(text, cells[i]);
        }
        text += "\r\n";
    };
    line(heads);
    for (const IssuedId& one : issued) {
        line({one.table, one.id, one.name, one.address, one.latitude, one.longitude, one.print,
              one.in_use ? in_use_word : retired_word});
    }
    return text;
}

}  // namespace kokai
