// SPDX-License-Identifier: Apache-2.0
// Keys leave 大字 and 字 out, so 大字天神 and the 小字 天神 of one village have one key. Which of them is meant is in
// the text as it stands, and where it is not, a 大字 or 町 is what an address names.
#include "normalise/address/reader.hpp"
#include "support/text.hpp"

namespace kokai {
namespace {

constexpr std::string_view aza = "字";
constexpr std::string_view oaza = "大字";

}  // namespace

/// What stands between the token before and this one: spaces, 字, 大字.
std::string_view AddressReader::gap_before(std::size_t token) const {
    const auto& tokens = key_.tokens();
    const std::size_t from = token == 0 ? 0 : tokens[token - 1].end;
    return body_.substr(from, token < tokens.size() ? tokens[token].begin - from : std::string_view::npos);
}

/// 十文字, 大字和字: the bytes of the 字 behind the last token that is the town's own and begins no 小字.
std::size_t AddressReader::own_aza(const Town& town, std::size_t end) const {
    return index_.name(town).ends_with(aza) && gap_before(end).starts_with(aza) ? aza.size() : 0;
}

/// Whether a name can end before the token when it is this town's.
bool AddressReader::is_clean_behind(const Town& town, std::size_t end) const {
    const std::size_t own = own_aza(town, end);
    if (own == 0 || end >= key_.tokens().size() || !key_.tokens()[end].aza) {
        return is_clean(end);
    }
    // 十文字字原 names 字原 of 十文字; 十文字原 is another town.
    return gap_before(end).size() > own || !is_unbroken_letter(end);
}

/// How well a town fits what is written, 0 best; `unfit` when the text says that it is not this one.
int AddressReader::misfit(const Town& town, std::size_t from, std::size_t to) const {
    const std::string_view name = index_.name(town);
    const auto& tokens = key_.tokens();
    const std::size_t own = own_aza(town, to);
    if (own == 0 && name.ends_with(aza)) {
        return unfit;
    }
    const std::string_view before = trimmed(gap_before(from));
    const bool says_oaza = before.ends_with(oaza);
    const bool says_aza = !says_oaza && before.ends_with(aza);
    const std::string_view prefix = says_oaza ? oaza : says_aza ? aza : std::string_view();
    const std::string_view written = body_.substr(tokens[from].begin, tokens[to - 1].end + own - tokens[from].begin);
    const bool with_prefix =
        name.size() == prefix.size() + written.size() && name.starts_with(prefix) && name.ends_with(written);
    const bool bare = town.is_bare_koaza();
    if (bare && says_oaza && !with_prefix) {
        return unfit;
    }
    // 字 asks for the 小字; without it the 大字 or 町 comes first, however the list writes it.
    constexpr int less_likely = 4;
    const bool other_kind = says_aza ? !bare && !with_prefix : bare && prefix.empty();
    return (other_kind ? less_likely : 0) + (with_prefix ? 0 : name == written ? 1 : 2);
}

/// Of towns that fold alike, the one that the text writes; none where it excludes them all.
const AddressIndex::Town* AddressReader::best_of(std::span<const Town> towns, std::size_t from, std::size_t to) const {
    const Town* best = nullptr;
    int least = unfit;
    for (const Town& town : towns) {
        if (const int misfit = this->misfit(town, from, to); misfit < least) {
            best = &town;
            least = misfit;
        }
    }
    return best;
}

/// 高松1丁目: no 小字 has 丁目, so this is none of those that the list has directly under a municipality.
bool AddressReader::is_counted_koaza(const Town& town, std::size_t end) const {
    const auto& tokens = key_.tokens();
    return town.is_bare_koaza() && end < tokens.size() && tokens[end].kind == AddressToken::Kind::number &&
           is_letter(end + 1, "丁");
}

}  // namespace kokai
