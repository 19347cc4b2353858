// SPDX-License-Identifier: Apache-2.0
#include "map/qualifiers.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

namespace kokai {
namespace {

using Words = std::vector<std::string>;

Words keys_of(std::initializer_list<std::string_view> words) {
    Words keys;
    keys.reserve(words.size());
    for (const std::string_view word : words) {
        keys.push_back(loose_key(word));
    }
    return keys;
}

bool holds_one(std::string_view key, const Words& words, const FieldNames& names) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return key.find(word) != std::string_view::npos && !names.say(word);
    });
}

/// At the head of the header (its group, too) or of its brackets: a short word elsewhere may be a part of another.
bool begins_with_one(const HeaderName& header, const Words& words, const FieldNames& names) {
    const std::string& whole = header.forms.front().key;
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return (whole.starts_with(word) || header.bracketed.starts_with(word) || header.child.starts_with(word)) &&
               !names.say(word);
    });
}

const Words& secrets() {
    static const Words all = keys_of({"非公開", "公開不可", "部外秘", "社外秘", "取扱注意", "庁内", "職員用", "秘匿"});
    return all;
}

const Words& parties() {
    static const Words all =
        keys_of({"所有者",     "管理者", "管理人",   "管理会社",  "代表者",         "担当者",   "保護者",   "理事長",
                 "申請者",     "申込者", "申込先",   "届出者",    "営業者",         "設置者",   "開設者",   "運営",
                 "事業者",     "業者",   "責任者",   "区長",      "会長",           "本人",     "保管者",   "法人",
                 "団体",       "本社",   "本店",     "会社",      "送付先",         "郵送先",   "請求先",   "返送先",
                 "避難先",     "自宅",   "携帯",     "個人",      "緊急連絡",       "緊急時",   "FAX",      "ファクス",
                 "ファックス", "氏名",   "機種",     "機器",      "製品",           "商品",     "メーカー", "型番",
                 "型式",       "保守",   "ファイル", "利用者",    "講師",           "使用者氏", "清掃",     "請負",
                 "工事",       "owner",  "manager",  "applicant", "representative", "mobile",   "emergency"});
    return all;
}

const Words& former() {
    static const Words all = keys_of({"旧", "変更前", "移転前", "閉鎖", "廃止", "old", "former", "previous", "home"});
    return all;
}

/// Of any field.
const Words& parts() {
    static const Words all = keys_of(
        {"夜間",   "時間外", "休日",   "土日",   "土曜",     "日曜", "祝日",   "日祝",   "夏期",   "夏季",   "冬期",
         "冬季",   "春期",   "秋期",   "繁忙期", "臨時",     "午前", "午後",   "通称",   "略称",   "愛称",   "別名",
         "別称",   "予約",   "受付",   "申込",   "申し込み", "送迎", "貸出",   "動画",   "地図",   "災害時", "非常",
         "中国語", "韓国語", "事務所", "役所",   "支所",     "役場", "保健所", "消防署", "警察署", "所轄",   "本館",
         "別館",   "新館",   "分館",   "支店",   "支社",     "前売", "当日券", "掲載"});
    return all;
}
const Words& parts_at_the_head() {
    static const Words all = keys_of({"うち", "内訳", "副", "祝", "夏", "冬", "夜", "予備", "第2", "第二"});
    return all;
}

/// Of a count: of people, places or beds.
const Words& parts_of_counts() {
    static const Words all = keys_of(
        {"外国人",   "日本人", "年少",     "老年",     "高齢", "生産年齢", "年齢不詳", "将来",  "推計", "昼間",
         "前月",     "前年",   "昨年",     "前回",     "増減", "転入",     "転出",     "出生",  "死亡", "自然増",
         "社会増",   "屋外",   "屋内",     "一般",     "療養", "精神",     "感染症",   "結核",  "有料", "空き",
         "現員",     "在籍",   "入所者",   "利用数",   "小計", "1人当",    "一人当",   "満3歳", "乳児", "幼児",
         "複数世帯", "単身",   "複合世帯", "施設世帯", "女",   "男",       "利用中",   "増加",  "減少"});
    return all;
}
const Words& parts_of_fees() {
    static const Words all =
        keys_of({"小人",   "子供", "子ども", "こども", "小学", "中学", "高校", "学生", "幼児",   "団体",
                 "シニア", "高齢", "市外",   "町外",   "村外", "減免", "割引", "障害", "障がい", "駐車"});
    return all;
}

/// What stands beside a name and says the same thing again.
const Words& neutral() {
    static const Words all =
        keys_of({"施設",         "公共施設", "設備",     "建物",       "公園",     "園",        "館",
                 "駅",           "学校",     "病院",     "医院",       "診療所",   "医療機関",  "医療",
                 "事業所",       "店舗",     "店",       "会場",       "避難所",   "避難場所",  "指定",
                 "緊急",         "トイレ",   "公衆",     "AED",        "消火栓",   "防火水槽",  "水利",
                 "文化財",       "スポット", "観光",     "観光地",     "投票所",   "駐輪場",    "保育",
                 "福祉",         "介護",     "教育",     "文化",       "スポーツ", "子育て",    "児童",
                 "支援",         "温泉",     "宿泊",     "公共",       "集会",     "体育",      "設置",
                 "設置場所",     "設置施設", "開催",     "開催地",     "場所",     "拠点",      "現地",
                 "現在",         "主な",     "主",       "正式",       "代表",     "公式",      "お",
                 "ご",           "連絡先",   "連絡",     "問い合わせ", "問合せ",   "問合わせ",  "問合",
                 "先",           "利用",     "使用",     "営業",       "開館",     "開園",      "開所",
                 "供用",         "可能",     "できる",   "な",         "地域",     "地区",      "関連",
                 "外観",         "メイン",   "所在",     "所在地",     "詳細",     "情報",      "基本",
                 "有無",         "対象",     "受入",     "最大",       "総",       "想定",      "収容",
                 "実施",         "提供",     "時",       "一覧",       "欄",       "名",        "名称",
                 "数",           "人",       "円",       "㎡",         "台",       "件",        "箇所",
                 "か所",         "mm",       "m",        "等",         "など",     "用",        "任意",
                 "全体",         "合計",     "全",       "平日",       "昼間",     "昼",        "日中",
                 "新",           "公開",     "公開用",   "市",         "町",       "村",        "県",
                 "表示",         "ラベル",   "コメント", "文",         "イベント", "行事",      "催し",
                 "講座",         "事業",     "学区",     "給食",       "資源",     "ごみ",      "許可",
                 "認可",         "登録",     "大人",     "一般",       "計",       "総数",      "漢字",
                 "バリアフリー", "対応",     "設置の",   "便器",       "が",       "する",      "への",
                 "label",        "name",     "memo",     "user",       "add",      "add1",      "add2",
                 "temp",         "facility", "shelter",  "place",      "location", "site",      "event",
                 "school",       "park",     "building", "hospital",   "clinic",   "store",     "shop",
                 "spot",         "toilet",   "public",   "main",       "official", "certified", "data",
                 "info",         "y",        "venue",    "保管"});
    return all;
}
const Words& neutral_of_numbers() {
    static const Words all =
        keys_of({"管理",     "整理", "通し",   "個別",     "識別", "一連",       "台帳", "交付", "図",     "固有",
                 "施設台帳", "資料", "データ", "レコード", "行",   "指定文化財", "配置", "標識", "バス停", "停留所"});
    return all;
}
const Words& neutral_of_spans() {
    static const Words all = keys_of(
        {"利用できる", "使用できる", "利用可能", "使用可能", "利用", "使用", "営業", "供用",   "施設",   "時間", "時刻",
         "time",       "時間帯",     "開館",     "開園",     "開店", "開所", "開場", "開庁",   "開室",   "平日", "昼間",
         "日中",       "開催",       "期間",     "開催期間", "会期", "日程", "日時", "開催日", "年月日", "日付", "日",
         "実施",       "イベント",   "行事",     "催し",     "講座", "催事", "aed",  "公園",   "hours",  "date", "診療",
         "年",         "月",         "予定",     "通常",     "全日", "毎日", "開設"});
    return all;
}

const Words& neutral_of_days() {
    static const Words all =
        keys_of({"開催", "期間",     "開催期間", "会期", "日程", "日時", "開催日", "年月日", "日付", "日",   "年",
                 "実施", "イベント", "行事",     "催し", "催事", "講座", "事業",   "予定",   "date", "event"});
    return all;
}
const Words& neutral_of_parties() {
    static const Words all = keys_of({"運営", "管理", "設置", "経営", "開設", "所有", "主催", "実施", "主体"});
    return all;
}

const Words& bearers() {
    static const Words all = keys_of(
        {"園",     "館",     "駅",     "店",     "所",     "場",     "院",     "校",       "橋",   "寺",     "社殿",
         "城",     "山",     "滝",     "湯",     "堂",     "塔",     "墓",     "池",       "湖",   "川",     "坂",
         "峠",     "宿",     "郵便局", "消防署", "庁舎",   "街",     "温泉",   "センター", "施設", "建物",   "スポット",
         "広場",   "団地",   "住宅",   "バス停", "停留所", "トイレ", "ホール", "プール",   "教室", "クラブ", "サロン",
         "カフェ", "公民館", "神社",   "建造物", "物件",   "文化財", "遺跡",   "古墳",     "史跡", "樹木",   "巨木",
         "寮",     "ホーム", "薬局",   "旅館",   "ホテル", "農園",   "商店",   "食堂",     "店舗", "拠点",   "体育館",
         "箇所",   "資源",   "名所",   "お店",   "点"});
    return all;
}
const Words& event_bearers() {
    static const Words all = keys_of({"行事", "講座", "教室", "大会", "催し", "催事", "祭", "祭り", "展", "会", "公演",
                                      "講演", "事業", "企画", "イベント", "プログラム", "セミナー", "体験", "コース"});
    return all;
}

/// Digits before 号 or 歳: 2号, 0歳.
bool has_a_class(std::string_view key, const FieldNames& names) {
    for (const std::string_view unit : {std::string_view("号"), std::string_view("歳"), std::string_view("才")}) {
        for (std::size_t at = key.find(unit); at != std::string_view::npos; at = key.find(unit, at + 1)) {
            if (at > 0 && key[at - 1] >= '0' && key[at - 1] <= '9' && !names.say(unit)) {
                return true;
            }
        }
    }
    return false;
}

/// Whether words of the lists, one after another, are the whole text: 開催 + 日時, though 開催日 is a word, too.
bool is_made_of(std::string_view text, const Words& words, const Words& more = {}) {
    constexpr std::size_t longest = 300;  // of a header that anybody wrote
    if (text.size() > longest) {
        return false;
    }
    std::vector<bool> reached(text.size() + 1, false);
    reached[0] = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const Words* list : {&words, &more}) {
            for (const std::string& word : *list) {
                if (reached[at] && text.substr(at).starts_with(word)) {
                    reached[at + word.size()] = true;
                }
            }
        }
    }
    return reached[text.size()];
}

bool is_a_count(const Field& field) {
    return field.kind == Kind::integer || field.kind == Kind::number;
}

}  // namespace

bool is_not_for_the_public(const HeaderName& header) {
    if (header.forms.empty()) {
        return false;
    }
    const std::string& whole = header.forms.front().key;
    constexpr std::string_view inside = "内部";
    return std::any_of(secrets().begin(), secrets().end(),
                       [&](const std::string& word) { return whole.find(word) != std::string::npos; }) ||
           (whole.starts_with(inside) && whole.find("内部障") == std::string::npos) || header.bracketed == inside;
}

bool is_of_another(const HeaderName& header, const FieldNames& names) {
    return holds_one(header.forms.front().key, parties(), names) || begins_with_one(header, former(), names);
}

bool is_of_a_part(const HeaderName& header, const FieldNames& names) {
    const std::string& whole = header.forms.front().key;
    if (names.field().kind == Kind::latitude || names.field().kind == Kind::longitude) {
        return false;  // position_choice sees to these
    }
    if (holds_one(whole, parts(), names) || begins_with_one(header, parts_at_the_head(), names)) {
        return true;
    }
    const Field& field = names.field();
    if (is_a_count(field) && (holds_one(whole, parts_of_counts(), names) || has_a_class(whole, names))) {
        return true;
    }
    return field.english == "basicFee" && holds_one(whole, parts_of_fees(), names);
}

bool changes_nothing(std::string_view rest, const Field& field) {
    if (field.english == "startDate" || field.english == "endDate") {
        return is_made_of(rest, neutral_of_days());  // not of use, of publication, of applications
    }
    if (field.english == "organizationName" || field.english == "corporationName") {
        return is_made_of(rest, neutral(), neutral_of_parties());
    }
    if (field.kind != Kind::identifier) {
        // 集会所住所, 会館電話番号
        static const Words places =
            keys_of({"館", "園", "院", "校", "店", "センター", "ホール", "プール", "神社", "寺"});
        return is_made_of(rest, neutral(), bearers()) ||
               std::any_of(places.begin(), places.end(), [&](const std::string& word) { return rest.ends_with(word); });
    }
    // 指定番号 counts within a kind of designation, 許可番号 the permits.
    if (rest == "指定" || rest == "許可" || rest == "認可") {
        return false;
    }
    // 管轄入り交付番号: a number that is given out, whatever stands before.
    return is_made_of(rest, neutral(), neutral_of_numbers()) ||
           std::any_of(neutral_of_numbers().begin(), neutral_of_numbers().end(),
                       [&](const std::string& word) { return rest.ends_with(word); });
}

bool bears_a_name(std::string_view called, const Field& field) {
    const Words& words = field.english == "eventName" ? event_bearers() : bearers();
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return called.ends_with(word); });
}

bool is_of_the_whole_span(std::string_view rest, Kind kind) {
    return is_made_of(rest, kind == Kind::date ? neutral_of_days() : neutral_of_spans());
}

}  // namespace kokai
