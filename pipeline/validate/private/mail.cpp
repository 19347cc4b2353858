// SPDX-License-Identifier: Apache-2.0
// Whose mailbox is it? Free mail and mobile carriers are asked always; at an office only names of persons.
#include "validate/private/family_names.hpp"
#include "validate/private/patterns.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

/// Mailboxes that a person has: web mail, and the mobile carriers'.
constexpr auto free_mail = std::to_array<std::u32string_view>({U"gmail.com",      U"googlemail.com",
                                                               U"yahoo.co.jp",    U"yahoo.com",
                                                               U"yahoo.ne.jp",    U"ymail.ne.jp",
                                                               U"ybb.ne.jp",      U"hotmail.com",
                                                               U"hotmail.co.jp",  U"outlook.com",
                                                               U"outlook.jp",     U"live.jp",
                                                               U"live.com",       U"msn.com",
                                                               U"icloud.com",     U"me.com",
                                                               U"mac.com",        U"aol.com",
                                                               U"aol.jp",         U"excite.co.jp",
                                                               U"infoseek.jp",    U"goo.jp",
                                                               U"mail.goo.ne.jp", U"livedoor.com",
                                                               U"protonmail.com", U"proton.me",
                                                               U"gmx.com",        U"mail.com",
                                                               U"zoho.com",       U"rakumail.jp",
                                                               U"docomo.ne.jp",   U"ezweb.ne.jp",
                                                               U"au.com",         U"softbank.ne.jp",
                                                               U"i.softbank.jp",  U"vodafone.ne.jp",
                                                               U"disney.ne.jp",   U"disneymobile.ne.jp",
                                                               U"ymobile.ne.jp",  U"ymobile1.ne.jp",
                                                               U"y-mobile.ne.jp", U"wcm.ne.jp",
                                                               U"willcom.com",    U"pdx.ne.jp",
                                                               U"uqmobile.jp",    U"rakuten.jp"});

/// Homes have theirs from the provider of their line; so have small schools and clubs, under their own names.
constexpr auto providers = std::to_array<std::u32string_view>(
    {U"ocn.ne.jp",    U"nifty.com",    U"nifty.ne.jp",     U"biglobe.ne.jp", U"so-net.ne.jp", U"plala.or.jp",
     U"dion.ne.jp",   U"auone-net.jp", U"jcom.home.ne.jp", U"zaq.ne.jp",     U"odn.ne.jp",    U"odn.ad.jp",
     U"hi-ho.ne.jp",  U"wakwak.com",   U"asahi-net.or.jp", U"eonet.ne.jp",   U"bbiq.jp",      U"commufa.jp",
     U"tcp-ip.or.jp", U"kcn.jp",       U"sannet.ne.jp",    U"infoweb.ne.jp"});

bool belongs(std::u32string_view domain, std::u32string_view to) {
    return domain == to ||
           (domain.size() > to.size() && domain.ends_with(to) && domain[domain.size() - to.size() - 1] == U'.');
}

template <std::size_t size>
bool is_listed(std::u32string_view domain, const std::array<std::u32string_view, size>& list) {
    return std::any_of(list.begin(), list.end(), [&](std::u32string_view one) { return belongs(domain, one); });
}

struct NameParts {
    std::array<std::u32string_view, 3> part;
    std::size_t count = 0;
};

/// taro.yamada as two parts, digits at the end left off; more than three are no name.
NameParts parts_of(std::u32string_view local) {
    NameParts parts;
    while (!local.empty() && local.back() >= U'0' && local.back() <= U'9') {
        local.remove_suffix(1);
    }
    while (!local.empty() && parts.count < 3) {
        const std::size_t end = std::min(local.find_first_of(U"._-+"), local.size());
        if (end > 0) {
            parts.part[parts.count++] = local.substr(0, end);
        }
        local.remove_prefix(std::min(end + 1, local.size()));
    }
    return parts;
}

/// Letters only, and as Japanese is written in them: consonants between vowels, n at the end.
bool is_japanese_name(std::u32string_view word) {
    constexpr std::u32string_view vowels = U"aiueo";
    if (word.size() < 2 || word.size() > 12) {
        return false;
    }
    std::size_t consonants = 0;
    for (const char32_t c : word) {
        if (c < U'a' || c > U'z' || c == U'l' || c == U'x' || c == U'q' || c == U'v') {
            return false;
        }
        const bool vowel = vowels.find(c) != std::u32string_view::npos;
        consonants = vowel || c == U'n' ? 0 : consonants + 1;
        if (consonants > 2) {
            return false;
        }
    }
    return vowels.find(word.back()) != std::u32string_view::npos || word.back() == U'n' || word.back() == U'h';
}

/// Words of sections, boxes and houses: kosodate.shien is no person.
bool is_office_word(std::u32string_view word) {
    constexpr auto words = std::to_array<std::u32string_view>(
        {U"info",         U"mail",        U"contact",  U"webmaster", U"admin",      U"office",       U"support",
         U"post",         U"master",      U"toiawase", U"otoiawase", U"soumu",      U"somu",         U"kikaku",
         U"zaisei",       U"kouhou",      U"koho",     U"kocho",     U"kouchou",    U"hisho",        U"jinji",
         U"zeimu",        U"zei",         U"shimin",   U"chomin",    U"kumin",      U"sonmin",       U"kenmin",
         U"jumin",        U"juumin",      U"koseki",   U"hoken",     U"kenkou",     U"kenko",        U"fukushi",
         U"kosodate",     U"kodomo",      U"jidou",    U"jido",      U"hoiku",      U"hoikuen",      U"hoikusho",
         U"youchien",     U"yochien",     U"gakkou",   U"gakko",     U"shougakkou", U"chuugakkou",   U"kyouiku",
         U"kyoiku",       U"shougai",     U"shogai",   U"gakushu",   U"gakushuu",   U"bunka",        U"sports",
         U"supotsu",      U"toshokan",    U"tosho",    U"library",   U"museum",     U"hakubutsukan", U"bijutsukan",
         U"kouminkan",    U"kominkan",    U"kankou",   U"kanko",     U"kankyou",    U"kankyo",       U"gomi",
         U"seisou",       U"kensetsu",    U"doboku",   U"douro",     U"doro",       U"toshi",        U"keikaku",
         U"juutaku",      U"jutaku",      U"suidou",   U"suido",     U"gesui",      U"gesuidou",     U"jougesuidou",
         U"nougyou",      U"nogyo",       U"nourin",   U"norin",     U"shoukou",    U"shoko",        U"sangyou",
         U"sangyo",       U"keizai",      U"koyou",    U"roudou",    U"bousai",     U"bosai",        U"kiki",
         U"kanri",        U"shoubou",     U"shobo",    U"kyukyu",    U"keibi",      U"joho",         U"jouhou",
         U"denshi",       U"seisaku",     U"suishin",  U"shien",     U"shinkou",    U"shinko",       U"gikai",
         U"senkyo",       U"senkan",      U"kansa",    U"kaikei",    U"nyusatsu",   U"keiyaku",      U"chiiki",
         U"chiikizukuri", U"machizukuri", U"machi",    U"kyoudou",   U"kyodo",      U"jinken",       U"danjo",
         U"kaigo",        U"kourei",      U"korei",    U"koureisha", U"shakai",     U"seikatsu",     U"kokuho",
         U"nenkin",       U"shisetsu",    U"iji",      U"zaimu",     U"kanzai",     U"chouju",       U"choju",
         U"kouen",        U"koen",        U"jouka",    U"shigen",    U"kaihatsu",   U"kensa",        U"shidou",
         U"shido",        U"soudan",      U"sodan",    U"madoguchi", U"uketsuke",   U"kouhyo",       U"chousei",
         U"chosei",       U"kokusai",     U"kouryuu",  U"koryu",     U"taiiku",     U"kyushoku",     U"byouin",
         U"byoin",        U"shinryou",    U"shinryo",  U"center",    U"sentaa",     U"jimukyoku"});
    constexpr auto endings =
        std::to_array<std::u32string_view>({U"ka", U"kakari", U"shitsu", U"kyoku", U"bu", U"kan", U"sho", U"jimu",
                                            U"jo", U"en", U"kai", U"han", U"team", U"gr"});
    if (is_family_name(word)) {
        return false;
    }
    return std::find(words.begin(), words.end(), word) != words.end() ||
           std::find(endings.begin(), endings.end(), word) != endings.end() ||
           std::any_of(words.begin(), words.end(), [&](std::u32string_view one) {
               return one.size() >= 4 && word.find(one) != std::u32string_view::npos;
           });
}

/// taro.yamada, t-yamada, yamada_t; taro.mamiya only where nothing in it is the word of an office.
bool is_name_of_person(std::u32string_view local) {
    const NameParts parts = parts_of(local);
    if (parts.count != 2) {
        return false;
    }
    const std::u32string_view one = parts.part[0];
    const std::u32string_view other = parts.part[1];
    const auto goes_with_family = [](std::u32string_view word) {
        return (word.size() == 1 || is_japanese_name(word)) && !is_office_word(word);
    };
    if ((is_family_name(one) && goes_with_family(other)) || (is_family_name(other) && goes_with_family(one))) {
        return true;
    }
    return local.find(U'.') != std::u32string_view::npos && one.size() >= 3 && other.size() >= 3 &&
           is_japanese_name(one) && is_japanese_name(other) && !is_office_word(one) && !is_office_word(other);
}

}  // namespace

bool is_personal_mail(std::u32string_view local, std::u32string_view domain) {
    if (is_listed(domain, free_mail)) {
        return true;
    }
    if (is_listed(domain, providers)) {
        const NameParts parts = parts_of(local);
        return parts.count > 0 && std::none_of(parts.part.begin(), parts.part.begin() + parts.count, is_office_word);
    }
    return is_name_of_person(local);
}

}  // namespace kokai
