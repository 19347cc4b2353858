// SPDX-License-Identifier: Apache-2.0
#include "validate/private/family_names.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

// clang-format off
constexpr std::array<std::u32string_view, 289> in_kanji{
    U"三好", U"三宅", U"三浦", U"上原", U"上田", U"上野", U"中井", U"中山", U"中島", U"中嶋", U"中川", U"中村",
    U"中田", U"中西", U"中野", U"丸山", U"久保", U"久保田", U"亀井", U"五十嵐", U"井上", U"今井", U"伊藤",
    U"佐々木", U"佐藤", U"佐野", U"児玉", U"内田", U"内藤", U"前田", U"加藤", U"北川", U"北村", U"千葉", U"南",
    U"原", U"原田", U"古川", U"古田", U"吉岡", U"吉川", U"吉村", U"吉田", U"和田", U"土井", U"土屋", U"坂口",
    U"坂本", U"堀", U"堀内", U"堀江", U"堤", U"増田", U"大久保", U"大城", U"大塚", U"大山", U"大島", U"大川",
    U"大森", U"大橋", U"大沢", U"大澤", U"大石", U"大西", U"大谷", U"大野", U"天野", U"太田", U"奥村", U"奥田",
    U"安田", U"安藤", U"宮下", U"宮城", U"宮崎", U"宮川", U"宮本", U"宮田", U"富岡", U"富田", U"寺田", U"小原",
    U"小山", U"小島", U"小川", U"小松", U"小林", U"小池", U"小沢", U"小泉", U"小澤", U"小田", U"小野", U"尾崎",
    U"山下", U"山中", U"山内", U"山口", U"山崎", U"山本", U"山田", U"山﨑", U"岡", U"岡崎", U"岡本", U"岡田",
    U"岩崎", U"岩本", U"岩田", U"岸本", U"島田", U"島袋", U"川上", U"川口", U"川崎", U"川村", U"川田", U"工藤",
    U"市川", U"平井", U"平田", U"平良", U"平野", U"広瀬", U"後藤", U"成田", U"戸田", U"斉藤", U"斎藤", U"新井",
    U"新垣", U"早川", U"星", U"星川", U"星野", U"服部", U"望月", U"木下", U"木暮", U"木村", U"本田", U"本間",
    U"杉山", U"杉本", U"村上", U"村井", U"村田", U"東", U"松下", U"松井", U"松原", U"松尾", U"松岡", U"松本",
    U"松村", U"松浦", U"松田", U"林", U"柏木", U"柳田", U"柴田", U"栗原", U"根岸", U"根本", U"桑原", U"桜井",
    U"梅田", U"森", U"森本", U"森田", U"植田", U"榎本", U"樋口", U"横山", U"横田", U"橋本", U"櫻井", U"武田",
    U"武藤", U"比嘉", U"水野", U"永井", U"永田", U"江口", U"池田", U"沢田", U"河野", U"津田", U"浅井", U"浅野",
    U"浜田", U"清水", U"渡会", U"渡辺", U"渡邊", U"渡部", U"瀬戸", U"照屋", U"熊谷", U"片山", U"片岡", U"牧野",
    U"狩野", U"田中", U"田口", U"田島", U"田村", U"田辺", U"町田", U"畑中", U"白井", U"相馬", U"矢野", U"石井",
    U"石原", U"石塚", U"石川", U"石橋", U"石田", U"神田", U"福井", U"福島", U"福田", U"秋山", U"稲垣", U"竹内",
    U"篠原", U"米田", U"羽鳥", U"若林", U"茂木", U"荒井", U"荒木", U"菅原", U"菅野", U"菊地", U"菊池", U"菊田",
    U"萩原", U"藤井", U"藤原", U"藤本", U"藤田", U"西", U"西山", U"西川", U"西村", U"西田", U"角田", U"谷", U"谷口",
    U"足立", U"辻", U"近藤", U"遠藤", U"都丸", U"酒井", U"野口", U"野村", U"野田", U"金井", U"金城", U"金子",
    U"金田", U"鈴木", U"長尾", U"長田", U"長谷川", U"長野", U"関", U"関口", U"阿久津", U"阿部", U"青山", U"青木",
    U"須田", U"須藤", U"飯塚", U"飯田", U"馬場", U"高木", U"高橋", U"高田", U"高野", U"黒木", U"黒田", U"齊藤",
    U"齋藤",
};

constexpr std::array<std::u32string_view, 318> in_letters{
    U"abe", U"adachi", U"akiyama", U"akutsu", U"amano", U"ando", U"andoh", U"andou", U"aoki", U"aoyama", U"arai",
    U"arakaki", U"araki", U"asai", U"asano", U"azuma", U"baba", U"chiba", U"doi", U"eguchi", U"endo", U"endoh",
    U"endou", U"enomoto", U"fujii", U"fujimoto", U"fujita", U"fujiwara", U"fukuda", U"fukui", U"fukushima",
    U"furukawa", U"furuta", U"goto", U"gotoh", U"gotou", U"hagiwara", U"hamada", U"hara", U"harada", U"hasegawa",
    U"hashimoto", U"hatanaka", U"hatori", U"hattori", U"hayakawa", U"hayashi", U"higa", U"higashi", U"higuchi",
    U"hirai", U"hirano", U"hirata", U"hirose", U"homma", U"honda", U"honma", U"hori", U"horie", U"horiuchi",
    U"hoshi", U"hoshikawa", U"hoshino", U"ichikawa", U"igarashi", U"iida", U"iizuka", U"ikeda", U"imai", U"inagaki",
    U"inoue", U"ishibashi", U"ishida", U"ishihara", U"ishii", U"ishikawa", U"ishizuka", U"ito", U"itoh", U"itou",
    U"iwamoto", U"iwasaki", U"iwata", U"kamei", U"kanai", U"kanda", U"kaneda", U"kaneko", U"kanno", U"kano",
    U"kashiwagi", U"kataoka", U"katayama", U"kato", U"katoh", U"katou", U"kawada", U"kawaguchi", U"kawakami",
    U"kawamura", U"kawasaki", U"kawata", U"kikuchi", U"kikuta", U"kimura", U"kinjo", U"kinoshita", U"kishimoto",
    U"kitagawa", U"kitamura", U"kobayashi", U"kodama", U"kogure", U"koike", U"koizumi", U"kojima", U"komatsu",
    U"kondo", U"kondoh", U"kondou", U"kono", U"kouno", U"koyama", U"kubo", U"kubota", U"kudo", U"kudoh", U"kudou",
    U"kumagai", U"kurihara", U"kuroda", U"kuroki", U"kuwabara", U"machida", U"maeda", U"makino", U"maruyama",
    U"masuda", U"matsubara", U"matsuda", U"matsui", U"matsumoto", U"matsumura", U"matsuo", U"matsuoka",
    U"matsushita", U"matsuura", U"minami", U"miura", U"miyagawa", U"miyagi", U"miyake", U"miyamoto", U"miyashita",
    U"miyata", U"miyazaki", U"miyoshi", U"mizuno", U"mochizuki", U"mori", U"morimoto", U"morita", U"motegi",
    U"murai", U"murakami", U"murata", U"muto", U"mutou", U"nagai", U"nagano", U"nagao", U"nagata", U"naito",
    U"naitou", U"nakada", U"nakagawa", U"nakai", U"nakajima", U"nakamura", U"nakanishi", U"nakano", U"nakata",
    U"nakayama", U"narita", U"negishi", U"nemoto", U"nishi", U"nishida", U"nishikawa", U"nishimura", U"nishiyama",
    U"noda", U"noguchi", U"nomura", U"obara", U"oda", U"ogawa", U"ohara", U"ohashi", U"ohishi", U"ohkubo",
    U"ohmori", U"ohnishi", U"ohno", U"ohshima", U"ohta", U"ohtani", U"ohtsuka", U"ohyama", U"oishi", U"oka",
    U"okada", U"okamoto", U"okawa", U"okazaki", U"okubo", U"okuda", U"okumura", U"omori", U"onishi", U"ono",
    U"oohashi", U"oono", U"oota", U"osada", U"osawa", U"oshima", U"oshiro", U"ota", U"otani", U"otsuka", U"oyama",
    U"ozaki", U"ozawa", U"saito", U"saitoh", U"saitou", U"sakaguchi", U"sakai", U"sakamoto", U"sakurai", U"sano",
    U"sasaki", U"sato", U"satoh", U"satou", U"sawada", U"seki", U"sekiguchi", U"seto", U"shibata", U"shimabukuro",
    U"shimada", U"shimizu", U"shinohara", U"shirai", U"soma", U"suda", U"sudo", U"sudou", U"sugano", U"sugawara",
    U"sugimoto", U"sugiyama", U"suzuki", U"taguchi", U"taira", U"tajima", U"takada", U"takagi", U"takahashi",
    U"takano", U"takata", U"takeda", U"takeuchi", U"tamura", U"tanabe", U"tanaka", U"tani", U"taniguchi", U"terada",
    U"teruya", U"toda", U"tomaru", U"tomioka", U"tomita", U"tsuchiya", U"tsuda", U"tsuji", U"tsunoda", U"tsutsumi",
    U"uchida", U"ueda", U"uehara", U"ueno", U"umeda", U"wada", U"wakabayashi", U"watanabe", U"watarai", U"yamada",
    U"yamaguchi", U"yamamoto", U"yamanaka", U"yamasaki", U"yamashita", U"yamauchi", U"yamazaki", U"yanagida",
    U"yano", U"yasuda", U"yokota", U"yokoyama", U"yoneda", U"yoshida", U"yoshikawa", U"yoshimura", U"yoshioka",
};
// clang-format on

}  // namespace

bool begins_with_family_name(std::u32string_view name) {
    for (std::size_t length = std::min<std::size_t>(name.size(), 3); length > 0; --length) {
        if (std::binary_search(in_kanji.begin(), in_kanji.end(), name.substr(0, length))) {
            return true;
        }
    }
    return false;
}

bool is_family_name(std::u32string_view letters) {
    return std::binary_search(in_letters.begin(), in_letters.end(), letters);
}

}  // namespace kokai
