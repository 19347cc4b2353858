// SPDX-License-Identifier: Apache-2.0
#include "map/value_profile.hpp"

#include "model/prefecture.hpp"
#include "normalise/code.hpp"
#include "normalise/text.hpp"
#include "normalise/utf8.hpp"
#include "support/text.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <unordered_map>
#include <vector>

namespace kokai {
namespace {

constexpr std::size_t most_values = 400;

/// Kana, with what stands between them; digits and letters may follow (公園１ in a reading).
bool is_kana_only(std::string_view key) {
    std::size_t kana = 0;
    for (std::size_t at = 0; at < key.size();) {
        const char32_t c = utf8::next(key, at);
        if (c >= 0x3041 && c <= 0x30FF) {
            ++kana;
        } else if (c >= 0x80 && c != 0x3000) {
            return false;
        }
    }
    return kana >= 2;
}

bool is_latin(std::string_view key) {
    const bool ascii = std::all_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return ascii && std::any_of(key.begin(), key.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_within(double value, double low, double high) {
    return value >= low && value <= high;
}
bool is_latitude(double value) {
    return is_within(value, 20, 46);
}
bool is_longitude(double value) {
    return is_within(value, 122, 154);
}

bool is_zero(std::string_view key) {
    return key == "0" || key == "0.0";
}

/// Forms of a fold_key(): no spaces, ASCII digits, '-' for every dash, '~' for every wave.
enum class Form : std::uint8_t {
    phone,
    postal,
    url,
    email,
    integer,
    number,
    degrees,
    degrees_minutes,
    date,
    date_span,
    time,
    time_span,
    flag,
    weekdays,
    city,
    address,
    street,
    lg_code,
    corporate,
    count_
};

constexpr std::array<const char*, static_cast<std::size_t>(Form::count_)> patterns{
    R"(^\(?0\d{1,4}[)-]?\d{1,4}[)-]?\d{3,4}($|[^0-9-])|^\d{2,4}-\d{4}$|^0\d{9,10}$)",     // phone
    R"(^〒?\d{3}-\d{4}$|^\d{7}$)",                                                        // postal
    R"(^(https?://|www\.))",                                                              // url
    R"(^[^@/]+@[^@/]+\.[a-z]+$)",                                                         // email
    R"(^-?\d[\d,]*$)",                                                                    // integer
    R"(^-?\d[\d,]*(\.\d+)?(円|人|名|台|床|世帯|m2|mm|cm|km|m|件|か所|箇所|棟|個|歳)?$)",  // number
    R"(^\d{2,3}\.\d{3,}$)",                                                               // degrees
    R"(^(?:北緯|東経|n|e)?(\d{2,3})[°度]\d{1,2}['’′分])",                                 // degrees_minutes
    R"(^(19|20)\d{2}[-/.年]\d{1,2}([-/.月]|$)|^(19|20)(0\d|1[0-2]|[2-9]\d)(0[1-9]|1[0-2])([0-2]\d|3[01])$|^(明治|大正|昭和|平成|令和|[mtshr])\.?(\d{1,2}|元)[-/.年]|^\d{1,2}月\d{1,2}日|^\d{1,2}/\d{1,2}/(19|20)\d{2}$)",  // date
    R"(\d[日)]?(\([^)]*\))?(~|から|-)((19|20)\d{2}[-/.年]|\d{1,2}月|\d{1,2}日|(平成|令和)\d))",  // date_span
    R"(^(午前|午後|am|pm)?\d{1,2}(:\d{2}(:\d{2})?|時(\d{1,2}分|半)?)$)",                         // time
    R"(\d{1,2}(:\d{2}|時(\d{1,2}分|半)?)(~|-|から)(翌日?|午前|午後|am|pm)?\d{1,2}[:時]|^(24時間|24h|終日|常時)(利用|使用|営業|開放|可能?|ok|年中無休|・|、|\(|\))*$)",  // time_span
    R"(^([01○〇◯●◎△×✕✓xyn-]|yes|no|true|false|有|無|有り|無し|あり|なし|可|不可|はい|いいえ)$)",  // flag
    R"(^(月|火|水|木|金|土|日|祝日?|祝祭日|平日|毎日|曜日?|全日|[・、,;/~-])+$)",                 // weekdays
    R"(^[^0-9]{1,8}[市区町村]$)",                                                                 // city
    R"([市区町村郡字][^0-9一二三四五六七八九十]*[0-9一二三四五六七八九十]|丁目|番地|[^0-9]\d+-\d+(-\d+)?$|^[^0-9]+[市区町村郡].+[町字])",  // address
    R"([都道府県市区町村郡].*[^0-9]\d+(-\d+|番|号)|\d丁目\d|番地)",  // street
    R"(^\d{5,6}$)",                                                  // lg_code
    R"(^\d{13}$)",                                                   // corporate
};

constexpr const char* pair_pattern = R"(^[^0-9]{0,3}(\d{2,3}\.\d{3,})[^0-9.]{1,4}(\d{2,3}\.\d{3,})[^0-9]{0,2}$)";

using Forms = std::bitset<static_cast<std::size_t>(Form::count_)>;

/// All forms in one walk over the text: one after another they took most of the time before the first row.
class Patterns {
public:
    Patterns() : set_(options(), re2::RE2::UNANCHORED) {
        for (const char* const pattern : patterns) {
            set_.Add(pattern, nullptr);
        }
        set_.Compile();
    }

    [[nodiscard]] Forms of(std::string_view key) const {
        thread_local std::vector<int> met;
        met.clear();
        set_.Match(re2::StringPiece(key.data(), key.size()), &met);
        Forms forms;
        for (const int one : met) {
            forms.set(static_cast<std::size_t>(one));
        }
        return forms;
    }
    [[nodiscard]] double degrees_of(const std::string& key) const {
        double degrees = 0;
        re2::RE2::PartialMatch(key, degrees_minutes_, &degrees);
        return degrees;
    }
    [[nodiscard]] bool is_pair(const std::string& text, double& first, double& second) const {
        return re2::RE2::PartialMatch(text, pair_, &first, &second);
    }

private:
    static re2::RE2::Options options() {
        re2::RE2::Options wanted;
        wanted.set_max_mem(16 << 20);  // states are made as texts need them: a hundredth of it
        return wanted;
    }

    re2::RE2::Set set_;
    re2::RE2 degrees_minutes_{patterns[static_cast<std::size_t>(Form::degrees_minutes)]};
    re2::RE2 pair_{pair_pattern};
};

const Patterns& known_patterns() {
    static const Patterns all;
    return all;
}

using Looks = std::bitset<static_cast<std::size_t>(ValueLook::count_)>;

void look_at_coordinates(std::string_view cell, const std::string& key, const Forms& forms, Looks& looks) {
    const auto set = [&](ValueLook look, bool yes) { looks.set(static_cast<std::size_t>(look), yes); };
    double degrees = 0;
    if (forms[static_cast<std::size_t>(Form::degrees)]) {
        std::from_chars(key.data(), key.data() + key.size(), degrees);
    } else if (forms[static_cast<std::size_t>(Form::degrees_minutes)]) {
        degrees = known_patterns().degrees_of(key);
    }
    set(ValueLook::latitude, is_latitude(degrees));
    set(ValueLook::longitude, is_longitude(degrees));
    if (std::count(key.begin(), key.end(), '.') < 2) {
        return;  // a pair has two decimal points, in whatever width
    }
    double first = 0;
    double second = 0;
    if (known_patterns().is_pair(tidy(trimmed(cell), Widths::fold_ascii).text, first, second)) {
        set(ValueLook::lat_lon, is_latitude(first) && is_longitude(second));
        set(ValueLook::lon_lat, is_longitude(first) && is_latitude(second));
    }
}

Looks looks_of(std::string_view cell) {
    Looks looks;
    const std::string key = fold_key(cell);
    const Forms forms = known_patterns().of(key);
    const auto is = [&](Form form) { return forms[static_cast<std::size_t>(form)]; };
    const auto set = [&](ValueLook look, bool yes) { looks.set(static_cast<std::size_t>(look), yes); };
    set(ValueLook::url, is(Form::url));
    if (is(Form::url)) {
        return looks;
    }
    set(ValueLook::kana, is_kana_only(key));
    set(ValueLook::phone, is(Form::phone));
    set(ValueLook::postal_code, is(Form::postal));
    set(ValueLook::email, is(Form::email));
    set(ValueLook::integer, is(Form::integer));
    set(ValueLook::number, is(Form::number));
    look_at_coordinates(cell, key, forms, looks);
    const bool date_span = is(Form::date_span) && is(Form::date);
    set(ValueLook::date_span, date_span);
    set(ValueLook::date, !date_span && is(Form::date));
    set(ValueLook::time, is(Form::time));
    set(ValueLook::time_span, is(Form::time_span));
    set(ValueLook::flag, is(Form::flag));
    set(ValueLook::weekdays, is(Form::weekdays));
    const bool prefecture = prefecture_name(key) == key;
    set(ValueLook::prefecture, prefecture);
    set(ValueLook::city, !prefecture && is(Form::city));
    set(ValueLook::address, is(Form::address));
    set(ValueLook::street, is(Form::street));
    set(ValueLook::lg_code, is(Form::lg_code) && is_known_lg_code(std::string_view(key).substr(0, 5)));
    set(ValueLook::corporate_number, is(Form::corporate));
    set(ValueLook::latin, is_latin(key));
    set(ValueLook::zero, is_zero(key));
    return looks;
}

/// A shape that only one kind of field has: many such values speak for the field, few against it.
ValueFit by_shape(const ValueProfile& profile, ValueLook look, double strength, double against) {
    const double share = profile.share(look);
    if (share >= 0.8) {
        return {strength * share, look, share};
    }
    return {share < 0.3 ? -against : 0.0, look, share};
}

/// A coordinate of 0 is none: the others tell.
ValueFit fit_of_degrees(const ValueProfile& profile, ValueLook mine, ValueLook other) {
    const double known = 1.0 - profile.share(ValueLook::zero);
    if (known <= 0.0) {
        return {};
    }
    const double share = profile.share(mine) / known;
    if (profile.share(other) / known >= 0.8) {
        return {-1.0, other, profile.share(other) / known};
    }
    return {share >= 0.8 ? 0.9 * share : share < 0.3 ? -0.8 : 0.0, mine, share};
}

ValueFit fit_of_number(const ValueProfile& profile) {
    const double share = profile.share(ValueLook::number);
    if (profile.share(ValueLook::latitude) + profile.share(ValueLook::longitude) >= 0.8) {
        return {-0.7, ValueLook::latitude, profile.share(ValueLook::latitude)};
    }
    return {share >= 0.8 ? 0.2 : share < 0.5 ? -0.5 : 0.0, ValueLook::number, share};
}

/// What cannot stand in a field of words.
ValueFit against_words(const ValueProfile& profile) {
    for (const ValueLook look : {ValueLook::url, ValueLook::latitude, ValueLook::longitude, ValueLook::lat_lon,
                                 ValueLook::email, ValueLook::phone}) {
        if (const double share = profile.share(look); share >= 0.9) {
            return {-0.7, look, share};
        }
    }
    return {};
}

ValueFit fit_of_text(const Field& field, const ValueProfile& profile) {
    const std::string& english = field.english;
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), english) != names.end();
    };
    if (is({"prefectureName", "prefecture", "schoolPrefecture"})) {
        return by_shape(profile, ValueLook::prefecture, 0.9, 0.8);
    }
    if (is({"cityName", "city", "schoolCity"})) {
        return by_shape(profile, ValueLook::city, 0.8, 0.5);
    }
    if (is({"address", "fullAddress", "facilityAddress"})) {
        if (profile.share(ValueLook::city) + profile.share(ValueLook::prefecture) >= 0.8) {
            return {-0.5, ValueLook::city, profile.share(ValueLook::city)};
        }
        return by_shape(profile, ValueLook::address, 0.5, 0.6);
    }
    if (const ValueFit against = against_words(profile); against.fit < 0) {
        return against;
    }
    if (is({"name", "facilityName", "schoolName", "eventName", "careProviderName", "organizationName",
            "corporationName", "owner", "installer", "organizer", "placeName", "contactName", "commonName"})) {
        if (const double share = profile.share(ValueLook::street); share >= 0.9) {
            return {-0.7, ValueLook::street, share};
        }
        if (const double share = profile.share(ValueLook::number); share >= 0.9) {
            return {-0.6, ValueLook::number, share};
        }
        if (const double share = profile.share(ValueLook::date); share >= 0.9) {
            return {-0.7, ValueLook::date, share};
        }
    }
    if (english.ends_with("En") || english.ends_with("English")) {
        return by_shape(profile, ValueLook::latin, 0.4, 0.6);
    }
    return {};
}

}  // namespace

ValueProfile profile_of(std::span<const std::string_view> cells) {
    ValueProfile profile;
    std::unordered_map<std::string_view, Looks> seen;  // many columns have few values
    for (const std::string_view cell : cells) {
        ++profile.rows;
        const std::string_view text = trimmed(cell);
        if (text.empty() || text == "-" || text == "－" || text == "null" || text == "NULL") {
            continue;
        }
        const auto [known, fresh] = seen.try_emplace(text);
        if (fresh) {
            known->second = looks_of(text);
        }
        for (std::size_t look = 0; look < profile.counts.size(); ++look) {
            profile.counts[look] += known->second[look] ? 1U : 0U;
        }
        if (++profile.filled >= most_values) {
            break;
        }
    }
    profile.distinct = seen.size();
    return profile;
}

ValueFit fit_of(const Field& field, const ValueProfile& profile) {
    if (profile.filled == 0) {
        return {};
    }
    switch (field.kind) {
    case Kind::kana:
        return by_shape(profile, ValueLook::kana, 0.9, 0.8);
    case Kind::phone:
        return by_shape(profile, ValueLook::phone, field.english == "faxNumber" ? 0.3 : 0.6, 0.7);
    case Kind::latitude:
        return fit_of_degrees(profile, ValueLook::latitude, ValueLook::longitude);
    case Kind::longitude:
        return fit_of_degrees(profile, ValueLook::longitude, ValueLook::latitude);
    case Kind::url:
        if (profile.linked != 0 && profile.share(ValueLook::url) < 0.8) {
            return {};  // 「詳細はこちら」 with a link: no URL to be seen, and yet nothing against one
        }
        return by_shape(profile, ValueLook::url, 0.5, 0.4);
    case Kind::email:
        return by_shape(profile, ValueLook::email, 0.9, 0.8);
    case Kind::postal_code:
        return by_shape(profile, ValueLook::postal_code, 0.8, 0.8);
    case Kind::date:
        return by_shape(profile, ValueLook::date, 0.4, 0.6);
    case Kind::time:
        return by_shape(profile, ValueLook::time, 0.5, 0.6);
    case Kind::weekdays:
        return by_shape(profile, ValueLook::weekdays, 0.8, 0.5);
    case Kind::flag_word:
    case Kind::flag_one:
        return by_shape(profile, ValueLook::flag, 0.3, 0.5);
    case Kind::lg_code:
        return by_shape(profile, ValueLook::lg_code, 0.7, 0.5);
    case Kind::corporate_number:
        return by_shape(profile, ValueLook::corporate_number, 0.9, 0.8);
    case Kind::integer:
    case Kind::number:
        return fit_of_number(profile);
    case Kind::identifier:
        if (field.name == "ID" || field.name == "NO") {
            return {profile.unique()                             ? 0.3
                    : profile.distinct * 10 < profile.filled * 9 ? -0.5
                                                                 : 0.0,
                    ValueLook::integer, profile.share(ValueLook::integer)};
        }
        return {};
    case Kind::text:
    case Kind::verbatim:
        return fit_of_text(field, profile);
    case Kind::poi:
    case Kind::fiscal_year:
    case Kind::period:
    case Kind::percent:
        break;
    }
    return {};
}

LookName name_of(ValueLook look) {
    switch (look) {
    case ValueLook::kana:
        return {"カナだけ", "kana only"};
    case ValueLook::phone:
        return {"電話番号の形", "phone numbers"};
    case ValueLook::postal_code:
        return {"郵便番号の形", "postal codes"};
    case ValueLook::url:
        return {"URL の形", "URLs"};
    case ValueLook::email:
        return {"メールアドレスの形", "e-mail addresses"};
    case ValueLook::latitude:
        return {"日本の緯度の範囲", "latitudes within Japan"};
    case ValueLook::longitude:
        return {"日本の経度の範囲", "longitudes within Japan"};
    case ValueLook::lat_lon:
        return {"「緯度,経度」の形", "latitude,longitude"};
    case ValueLook::lon_lat:
        return {"「経度,緯度」の形", "longitude,latitude"};
    case ValueLook::integer:
    case ValueLook::number:
        return {"数値", "numbers"};
    case ValueLook::date:
        return {"日付の形", "dates"};
    case ValueLook::date_span:
        return {"期間の形", "spans of dates"};
    case ValueLook::time:
        return {"時刻の形", "times"};
    case ValueLook::time_span:
        return {"時間帯の形", "spans of time"};
    case ValueLook::flag:
        return {"有無・○×の形", "yes or no"};
    case ValueLook::weekdays:
        return {"曜日", "weekdays"};
    case ValueLook::prefecture:
        return {"都道府県名", "prefectures"};
    case ValueLook::city:
        return {"市区町村名", "names of municipalities"};
    case ValueLook::address:
        return {"住所の形", "addresses"};
    case ValueLook::street:
        return {"番地のある住所", "addresses with a house number"};
    case ValueLook::lg_code:
        return {"全国地方公共団体コード", "local government codes"};
    case ValueLook::corporate_number:
        return {"13桁の番号", "thirteen digits"};
    case ValueLook::latin:
        return {"英字", "Latin letters"};
    case ValueLook::zero:
    case ValueLook::count_:
        break;
    }
    return {"", ""};
}

}  // namespace kokai
