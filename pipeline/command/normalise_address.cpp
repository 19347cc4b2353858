// SPDX-License-Identifier: Apache-2.0
#include "command/normalise_address.hpp"

#include "model/error.hpp"
#include "normalise/address/reader.hpp"
#include "normalise/code.hpp"
#include "support/json_text.hpp"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {
namespace {

/// What a person should know about the answer: what was completed, what is not sure.
std::vector<std::string> flags_of(const Address& address) {
    std::vector<std::string> flags;
    if (address.completed_prefecture && !address.lg_code.empty()) {
        flags.emplace_back("completed:pref");
    }
    if (address.completed_city) {
        flags.emplace_back("completed:city");
    }
    if (const std::string_view flag = flag_of(address.doubt); !flag.empty()) {
        flags.emplace_back(flag);
    }
    if (!address.candidates.empty()) {
        flags.push_back("candidates:" + address.candidates);
    }
    return flags;
}

}  // namespace

int normalise_addresses(const NormaliseOptions& options) {
    const std::string& publisher = options.publisher;
    if (!publisher.empty() && !is_clean_code(publisher)) {
        throw UsageError("--publisher「" + publisher + "」は 6 桁の全国地方公共団体コードではありません",
                         "--publisher " + publisher + " is no six-digit code of a municipality");
    }
    AddressReader reader;
    std::string line;
    while (read_line(line)) {
        const Address& address = reader.read(line, publisher);
        std::string out = begin_answer(line, address.level == AddressLevel::none ? std::string() : address.joined(),
                                       flags_of(address));
        const auto put = [&out](std::string_view name, std::string_view value) {
            out += name;
            append_json_string(out, value);
        };
        put(R"(,"pref":)", address.prefecture);
        put(R"(,"city":)", address.city);
        put(R"(,"town":)", address.town);
        put(R"(,"rest":)", address.rest);
        put(R"(,"other":)", address.other);
        put(R"(,"lg_code":)", address.lg_code);
        put(R"(,"machiaza_id":)", address.machiaza_id);
        put(R"(,"level":)", name_of(address.level));
        out += "}\n";
        std::fputs(out.c_str(), stdout);
    }
    return 0;
}

}  // namespace kokai
