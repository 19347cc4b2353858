// SPDX-License-Identifier: Apache-2.0
// Addresses against the list that the program is built with; the counted test over 4,188 of them is tests/addresses.py.
#include "normalise/address/key.hpp"
#include "normalise/address/number.hpp"
#include "normalise/address/reader.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace kokai;

namespace {

constexpr std::string_view maebashi = "102016";
constexpr std::string_view gunma = "100005";

struct Read {
    std::string place, town, rest, other, lg_code, machiaza_id, level, joined;
    AddressDoubt doubt = AddressDoubt::nothing;
    bool has_point = false;
};

Read read_one(std::string_view text, std::string_view publisher = {}) {
    static AddressReader reader;
    const Address& address = reader.read(text, publisher);
    return {std::string(address.prefecture) + std::string(address.city),
            address.town,
            address.rest,
            address.other,
            std::string(address.lg_code),
            address.machiaza_id,
            std::string(name_of(address.level)),
            address.joined(),
            address.doubt,
            address.point.has_value()};
}

std::string lot(std::string_view text) {
    LotNumber number;
    read_lot_number(text, number);
    return number.number + "|" + std::string(number.building);
}

}  // namespace

TEST_CASE("writings of one place name have one key", "[normalise][address]") {
    CHECK(address_key("龍ケ崎市") == address_key("竜ヶ崎市"));
    CHECK(address_key("丸の内") == address_key("丸之内"));
    CHECK(address_key("大手町二丁目") == address_key("大手町2丁目"));
    CHECK(address_key("二十四軒") == address_key("24軒"));
    CHECK(address_key("大字石関町") == address_key("石関町"));
    CHECK(address_key("三渕沢") == address_key("三淵澤"));
    CHECK(address_key("葛\xF3\xA0\x84\x80城市") == address_key("葛城市"));
    CHECK(address_key("巿川\xE5\xB8\x82") == address_key("市川市"));
    CHECK(address_key("代々木") == address_key("代代木"));
    CHECK(address_key("与一四丁目") != address_key("与十四丁目"));
    CHECK(address_key("旭市ハ") != address_key("旭市八"));
    CHECK(address_key("二町目") == address_key("2丁目"));
    CHECK(address_key("斑鳩町目安") == address_key("斑鳩町") + address_key("目安"));
}

TEST_CASE("the number behind the town, and the building behind the number", "[normalise][address]") {
    CHECK(lot("9番地の24") == "9-24|");
    CHECK(lot("九番地の二十四") == "9-24|");
    CHECK(lot("一の三") == "1-3|");
    CHECK(lot("２３－２０") == "|２３－２０");  // widths are normalise_text()'s
    CHECK(lot("23-20　前橋ビル3F") == "23-20|前橋ビル3F");
    CHECK(lot("5-2号室") == "5|2号室");
    CHECK(lot("5-2F") == "5|2F");
    CHECK(lot("9番地 3階") == "9|3階");
    CHECK(lot("甲485") == "甲485|");
    CHECK(lot("字下河原1137") == "字下河原1137|");
    CHECK(lot("34番地先") == "34先|");
    CHECK(lot("14-イ22 別館") == "14-イ22|別館");
    CHECK(lot("(旧校舎)8") == "8|");
    CHECK(lot("中央公民館内") == "|中央公民館内");
    CHECK(lot("3丁目3-5") == "3丁目3-5|");
    CHECK(lot("1一3") == "1-3|");
    CHECK(lot("12-") == "12|");
    for (const char* letter : {"12番地甲", "12-甲", "12番甲地", "12の甲"}) {
        CHECK(lot(letter) == "12-甲|");
    }
    CHECK(lot("1234-イ") == "1234-イ|");
    CHECK(lot("12-1ハイツ前橋") == "12-1|ハイツ前橋");
    CHECK(lot("12-1 甲") == "12-1|甲");
    CHECK(lot("四ツ谷1137") == "四ツ谷1137|");
    CHECK(lot("5番23号1丁目マンション301") == "5-23|1丁目マンション301");
    CHECK(lot("-14-1") == "14-1|");
    CHECK(lot("7番町19") == "|7番町19");
    CHECK(lot("25 - 23") == "25-23|");
    CHECK(lot("25 - 23 - 1 青柳ビル3F") == "25-23-1|青柳ビル3F");
    CHECK(lot("25番地 - 3") == "25-3|");
    CHECK(lot("25番-3") == "25-3|");
    CHECK(lot("25 の 3") == "25-3|");
    CHECK(lot("25 23") == "25|23");
    CHECK(lot("25 - 3F") == "25|3F");
    CHECK(lot("25 - 201号室") == "25|201号室");
    CHECK(lot("25 - 2号棟") == "25|2号棟");
    CHECK(lot("25 - 青柳ビル") == "25|青柳ビル");
    CHECK(lot("") == "|");
}

TEST_CASE("an address comes apart, however it is written", "[normalise][address]") {
    for (const std::string_view text : {"群馬県前橋市大手町2丁目12番1号", "前橋市大手町二丁目１２－１",
                                        "〒371-8601　群馬県 前橋市 大手町 2-12-1", "日本、群馬県前橋市大手町2の12の1",
                                        "群馬県前橋市大字大手町二丁目十二番一号", "(本庁)前橋市大手町2丁目12-1"}) {
        INFO(text);
        const Read read = read_one(text);
        CHECK(read.place == "群馬県前橋市");
        CHECK(read.lg_code == "102016");
        CHECK(read.town == "大手町二丁目");
        CHECK(read.rest == "12-1");
        CHECK(read.machiaza_id.size() == 7);
        CHECK(read.has_point);
        CHECK(read.level == "parcel");
    }
    CHECK(read_one("前橋市大手町2-12-1 市役所3階").joined == "群馬県前橋市大手町二丁目12-1 市役所3階");
    CHECK(read_one("群馬県玉村町上新田1600").place == "群馬県佐波郡玉村町");
    CHECK(read_one("山形県最上町法田2672-2").place == "山形県最上郡最上町");
    CHECK(read_one("福島石川郡石川町字長久保185-4").place == "福島県石川郡石川町");
    CHECK(read_one("和歌山県東牟婁郡串本町").level == "city");
}

TEST_CASE("numbers of towns in every writing", "[normalise][address]") {
    CHECK(read_one("北海道札幌市中央区南２条西１ー５ー２F").town == "南二条西一丁目");
    CHECK(read_one("札幌市白石区南郷通1南8-1").town == "南郷通一丁目南");
    CHECK(read_one("札幌市北区東茨戸1-2-314").town == "東茨戸一条二丁目");
    CHECK(read_one("東京都千代田区3番町1").town == "三番町");
    CHECK(read_one("青森県十和田市東16-48").town == "東十六番町");
    CHECK(read_one("久太郎町4丁目渡辺3号").town == "久太郎町四丁目");
    CHECK(read_one("静岡県静岡市葵区与一4-1").town == "与一四丁目");
    // 浅木一丁目 16, or 1-16 of 大字浅木
    CHECK(read_one("福岡県遠賀郡遠賀町浅木1-16").doubt == AddressDoubt::chome_or_number);
    CHECK(read_one("福岡県遠賀郡遠賀町浅木463").town == "大字浅木");
    CHECK(read_one("静岡県焼津市浜当目3-15-33").doubt == AddressDoubt::nothing);
    CHECK(read_one("静岡県焼津市本町5").doubt == AddressDoubt::chome_or_number);
    CHECK(read_one("静岡県焼津市栄町12丁目").doubt == AddressDoubt::town_unlisted);
}

TEST_CASE("what is missing is completed only where one municipality is left", "[normalise][address]") {
    CHECK(read_one("大手町二丁目12-1").level == "none");  // of many cities
    CHECK(read_one("大手町二丁目12-1", maebashi).place == "群馬県前橋市");
    CHECK(read_one("高花台2丁目17").place == "群馬県前橋市");
    CHECK(read_one("紫野大徳寺町22").place == "京都府京都市北区");
    CHECK(read_one("北区小山西元町14").place == "京都府京都市北区");
    CHECK(read_one("北区1-2-3").doubt == AddressDoubt::several);
    CHECK(read_one("府中市1-2").level == "none");
    CHECK(read_one("府中市宮西町2丁目24").place == "東京都府中市");
    // In a list of 前橋市 a town that only another city has is not completed.
    CHECK(read_one("笠懸町鹿2", maebashi).level == "none");
    CHECK(read_one("笠懸町鹿2").place == "群馬県みどり市");
    CHECK(read_one("笠懸町鹿2", gunma).place == "群馬県みどり市");
    CHECK(read_one("高崎市高松町35-1", maebashi).place == "群馬県高崎市");
    // 富士見町 is a town of 長野県, too.
    CHECK(read_one("富士見町原之郷1", maebashi).place == "群馬県前橋市");
    CHECK(read_one("相模原市田名2178").joined == "神奈川県相模原市田名2178");
    CHECK(read_one("相模原市田名2178").doubt == AddressDoubt::several);
    CHECK(read_one("津市場1-2").level == "none");
    CHECK(read_one("今治市越智郡上島町弓削下弓削1042").level == "none");
    CHECK(read_one("今治市広島県豊田郡大崎上島町木江242").level == "none");
}

TEST_CASE("the name of the municipality is not taken for a town that is called alike", "[normalise][address]") {
    // 阿久比町 has a 大字阿久比.
    CHECK(read_one("阿久比町1-2", "234419").doubt == AddressDoubt::no_town);
    CHECK(read_one("愛知県阿久比町字架空1-2", "234419").level == "city");
    CHECK(read_one("阿久比町阿久比1-2", "234419").joined == "愛知県知多郡阿久比町大字阿久比1-2");
    CHECK(read_one("阿久比1-2", "234419").joined == "愛知県知多郡阿久比町大字阿久比1-2");
}

TEST_CASE("a former municipality is answered with today's, or not at all", "[normalise][address]") {
    CHECK(read_one("兵庫県篠山市北新町41").place == "兵庫県丹波篠山市");
    CHECK(read_one("群馬県勢多郡富士見村原之郷1").joined == "群馬県前橋市富士見町原之郷1");
    // 東村 of today is in 国頭郡; 水戸市 stands wherever its county is said to be.
    CHECK(read_one("勢多郡東村神戸").joined == "群馬県みどり市東町神戸");
    CHECK(read_one("勢多郡東村沢入12", "102121").machiaza_id == "0007000");
    CHECK(read_one("国頭郡東村平良").place == "沖縄県国頭郡東村");
    CHECK(read_one("勢多郡東村平良").level == "none");
    CHECK(read_one("※群馬県前橋市大手町2-12-1").machiaza_id == "0030002");
    CHECK(read_one("＊＊市大手町2-12-1").level == "none");
    CHECK(read_one("群馬県山田郡大間々町桐原39").joined == "群馬県みどり市大間々町桐原39");
    // 沼田市 has a 榛名町; the former 群馬郡榛名町 is in 高崎市.
    for (const char* text : {"群馬県榛名町", "群馬県榛名町1番地", "榛名町"}) {
        CAPTURE(text);
        CHECK(read_one(text).lg_code.empty());
        CHECK(read_one(text).doubt == AddressDoubt::several);
    }
    CHECK(read_one("榛名町", "102067").place == "群馬県沼田市");
    CHECK(read_one("埼玉県浦和市高砂3-15-1").place == "埼玉県");
    CHECK(read_one("静岡県浜松市浜北区貴布祢3000").place == "静岡県浜松市浜名区");
    // 北区 was divided: the town says to whom it went.
    CHECK(read_one("静岡県浜松市北区三ヶ日町大谷52").place == "静岡県浜松市浜名区");
    CHECK(read_one("浜松市北区初生町1-2").place == "静岡県浜松市中央区");
    CHECK(read_one("浜松市北区架空町1-2").place != "静岡県浜松市中央区");
    CHECK(read_one("東京都前橋市大手町2-12-1").level == "none");
    CHECK(read_one("東京都前橋市大手町2-12-1").doubt == AddressDoubt::other_prefecture);
}

TEST_CASE("a town that the list does not have is named and not vouched for", "[normalise][address]") {
    const Read read = read_one("群馬県前橋市架空町1-2");
    CHECK(read.town == "架空町");
    CHECK(read.rest == "1-2");
    CHECK(read.level == "city");
    CHECK(read.doubt == AddressDoubt::town_unlisted);
    CHECK(read.machiaza_id.empty());
    CHECK_FALSE(read.has_point);
    CHECK(read_one("群馬県前橋市").doubt == AddressDoubt::no_town);
    // 七瀬 is in the list, but this is another town.
    CHECK(read_one("長野県長野市七瀬中町161番地1").town == "七瀬中町");
}

TEST_CASE("a 大字 and a 小字 of one name are told apart by what is written", "[normalise][address]") {
    CHECK(read_one("群馬県利根郡川場村大字天神12").machiaza_id == "0004000");
    CHECK(read_one("群馬県利根郡川場村大字 天神12").machiaza_id == "0004000");
    CHECK(read_one("群馬県利根郡川場村天神12").machiaza_id == "0004000");
    CHECK(read_one("群馬県利根郡川場村字天神12").machiaza_id == "0000113");
    CHECK(read_one("群馬県利根郡川場村小字天神12").machiaza_id == "0000113");
    CHECK(read_one("群馬県邑楽郡千代田町大字赤岩小字下辰12").machiaza_id == "0013107");
    CHECK(read_one("群馬県邑楽郡千代田町大字赤岩小字架空12").town == "大字赤岩小字架空");
    CHECK(read_one("昭和村糸井388").town == "大字糸井");
    // 新中野 is a town beside 大字新中野: each by its own name.
    CHECK(read_one("群馬県邑楽郡邑楽町大字新中野1569番地").machiaza_id == "0009000");
    CHECK(read_one("群馬県邑楽郡邑楽町新中野1569番地").machiaza_id == "0023000");
    // 平沼一丁目 is another town than 大字平沼.
    CHECK(read_one("埼玉県吉川市大字平沼1-2").joined == "埼玉県吉川市大字平沼1-2");
    CHECK(read_one("埼玉県吉川市大字平沼1-2").doubt == AddressDoubt::nothing);
    CHECK(read_one("埼玉県吉川市平沼1-2").doubt == AddressDoubt::chome_or_number);
    // The one list has 知念字知名, the other its ID.
    CHECK(read_one("沖縄県南城市知念字知名12").machiaza_id == "0002104");
}

TEST_CASE("a 小字 is no 町, no 大字 and has no 丁目", "[normalise][address]") {
    CHECK(read_one("群馬県前橋市高松35-1").machiaza_id == "0000106");
    for (const char* text : {"群馬県前橋市高松町35-1", "群馬県前橋市大字高松35-1", "群馬県前橋市高松1丁目35-1"}) {
        CAPTURE(text);
        const Read read = read_one(text);
        CHECK(read.level == "city");
        CHECK(read.machiaza_id.empty());
        CHECK(read.doubt == AddressDoubt::town_unlisted);
    }
    CHECK(read_one("群馬県前橋市高松町35-1").joined == "群馬県前橋市高松町35-1");
    // Gunma's are the only ones in the list: one of them does not tell the municipality, and puts others in doubt.
    CHECK(read_one("上野場12番地3").level == "none");
    CHECK(read_one("西門前2-3-4").doubt == AddressDoubt::several);
}

TEST_CASE("names that look like something else", "[normalise][address]") {
    CHECK(read_one("埼玉県入間郡毛呂山町目白台1-2-3").joined == "埼玉県入間郡毛呂山町目白台一丁目2-3");
    CHECK(read_one("滋賀県愛知郡愛荘町目加田12").town == "目加田");
    CHECK(read_one("愛知県刈谷市場割町1丁目2").joined == "愛知県刈谷市場割町一丁目2");
    // 字 at the end of a name is the name's own.
    CHECK(read_one("福島県白河市十文字12番地3").joined == "福島県白河市十文字12-3");
    CHECK(read_one("福島県白河市十文字字原12番地3").town == "十文字字原");
    CHECK(read_one("福島県白河市十文12番地3").doubt == AddressDoubt::town_unlisted);
    CHECK(read_one("山口県防府市大字和字12番地3").machiaza_id == "0027000");
    CHECK(read_one("宮城県亘理郡亘理町逢隈十文字字大手12").joined == "宮城県亘理郡亘理町逢隈十文字字大手12");
    // Full-width digits in the list.
    CHECK(read_one("群馬県利根郡片品村大字戸倉字0702戸倉12").machiaza_id == "0009146");
}

TEST_CASE("ground without a number is no part of the town", "[normalise][address]") {
    for (const std::string ground : {"地先", "地内", "付近", "周辺", "先"}) {
        CAPTURE(ground);
        const Read read = read_one("前橋市大手町二丁目" + ground);
        CHECK(read.town == "大手町二丁目");
        CHECK(read.machiaza_id == "0030002");
        CHECK(read.other == ground);
        CHECK(read.level == "town");
    }
    CHECK(read_one("前橋市大手町二丁目12-1地先").rest == "12-1地先");
    CHECK(read_one("川場村大字天神地先").machiaza_id == "0004000");
    CHECK(read_one("前橋市架空町地先").town == "架空町");
    CHECK(read_one("前橋市架空町地先").doubt == AddressDoubt::town_unlisted);
    CHECK(read_one("前橋市架空町地先").other == "地先");
}

TEST_CASE("ground of the state, and numbers outside the numbering, are no part of the town", "[normalise][address]") {
    for (const std::string ground : {"官有地", "官有無番地", "国有林内", "無番地", "番外地"}) {
        CAPTURE(ground);
        const Read read = read_one("群馬県安中市中野谷字金井谷戸" + ground);
        CHECK(read.machiaza_id == "0025114");
        CHECK(read.other == ground);
    }
    CHECK(read_one("群馬県安中市中野谷字金井谷戸番外12").machiaza_id == "0025114");
    CHECK(read_one("群馬県安中市中野谷字金井谷戸番外12").rest == "番外12");
    CHECK(read_one("前橋市国有林内").town.empty());
}

TEST_CASE("numbers of towns in every letter", "[normalise][address]") {
    for (const std::string two : {"Ⅱ丁目12-1", "Ⅱ-12-1", "貳丁目拾貳番壹号", "2の12の1", "２丁目１２番１号"}) {
        CAPTURE(two);
        const Read read = read_one("群馬県前橋市大手町" + two);
        CHECK(read.machiaza_id == "0030002");
        CHECK(read.rest == "12-1");
    }
    CHECK(address_key("拾六町") == address_key("十六町"));
}

TEST_CASE("a town that goes on is another town", "[normalise][address]") {
    // Not 一丁目, not 大字堅粕, not 西.
    for (const std::string text : {"神奈川県横浜市中区長者町一井丁目257番地", "福岡県福岡市博多区堅粕島一丁目498番地",
                                   "福岡県福岡市博多区堅粕丁目498番地", "愛媛県大洲市長浜町老松821番地",
                                   "和歌山県和歌山市西五条北七丁目169番地"}) {
        CAPTURE(text);
        CHECK(read_one(text).doubt == AddressDoubt::town_unlisted);
        CHECK(read_one(text).machiaza_id.empty());
    }
    CHECK(read_one("北七条東一丁目134番地", "015521").lg_code.empty());  // not 字北 of 佐呂間町
    CHECK(read_one("岩手県盛岡市玉山区渋民字泉田360").town == "渋民字泉田");
    CHECK(read_one("石川県小松市沖町区画整理地8街区7").town == "沖町");
    CHECK(read_one("静岡県焼津市本町2?16?45").machiaza_id == "0073002");
    CHECK(read_one("神戸市長田区橘通東五丁目27番地", "452017").place == "兵庫県神戸市長田区");
}

TEST_CASE("a municipality that is not written is taken only where nothing else can be meant", "[normalise][address]") {
    // 上北町 may be a 町 of its own: that the 字 behind is nowhere else is not known.
    CHECK(read_one("上北町字清水目山210番地").lg_code.empty());
    CHECK(read_one("白上町大字黒鴨346番地").lg_code.empty());
    CHECK(read_one("千葉市川市原木1289").place == "千葉県市川市");
    CHECK(read_one("千葉市中央区中央3-10-8").place == "千葉県千葉市中央区");
    // 中央区 of 札幌, of which no 新川 is known, or of Tokyo, which is far.
    CHECK(read_one("中央区新川500番地", "011029").lg_code.empty());
    CHECK(read_one("中央区新川1-2-3", "131024").lg_code == "131024");
}

TEST_CASE("a county or an island before the municipality", "[normalise][address]") {
    CHECK(read_one("東京都八丈島八丈町大賀郷2551").machiaza_id == "0002000");
    CHECK(read_one("岩手県岩手郡滝沢市中鵜飼55").place == "岩手県滝沢市");
    CHECK(read_one("群馬県佐波郡中之条町暮坂716番地").machiaza_id == "0000234");  // of 吾妻郡, and not 大字中之条町
    CHECK(read_one("群馬県佐波郡中之条町架空716番地").lg_code.empty());
    CHECK(read_one("佐波郡邑楽町中野2570").lg_code.empty());
}

TEST_CASE("a note before the town is no part of it", "[normalise][address]") {
    const Read read = read_one("群馬県前橋市（旧前橋地区）青梨子町1324");
    CHECK(read.machiaza_id == "0001000");
    CHECK(read.rest == "1324");
    CHECK(read.other == "（旧前橋地区）");
    CHECK(read_one("群馬県前橋市（旧前橋地区）青梨子町1324 集会所").other == "集会所 （旧前橋地区）");
    CHECK(read_one("安新町、安間町（一部）、材木町").other == "安間町（一部）、材木町");
    CHECK(read_one("群馬県高崎市（倉渕町）三ノ倉303").doubt == AddressDoubt::town_unlisted);
    // The list has such 字 under （大字なし）, which nobody writes.
    CHECK(read_one("長野県上伊那郡南箕輪村南殿2536番地").town == "南殿");
}

TEST_CASE("dashes may be set wide", "[normalise][address]") {
    CHECK(read_one("群馬県前橋市青柳町 25 - 23").joined == "群馬県前橋市青柳町25-23");
    CHECK(read_one("群馬県前橋市大手町 2 - 12 - 1").joined == "群馬県前橋市大手町二丁目12-1");
    CHECK(lot("1474 - 8外1筆") == "1474-8|外1筆");
    CHECK(lot("1807 - 4第一ハイツ") == "1807-4|第一ハイツ");
    CHECK(lot("12 - 1付近") == "12-1付近|");
    CHECK(lot("12 - 2階") == "12|2階");
    CHECK(read_one("群馬県前橋市大手町 2 - 12 - 1").doubt == AddressDoubt::nothing);
}

TEST_CASE("streets of Kyoto stand behind the town, as in the register, and before it in the address",
          "[normalise][address]") {
    const Read read = read_one("中京区柳馬場通御池上る虎石町45-3");
    CHECK(read.town == "虎石町柳馬場通御池上る");
    CHECK(read.rest == "45-3");
    CHECK(read.joined == "京都府京都市中京区柳馬場通御池上る虎石町45-3");
}

TEST_CASE("nothing, noise and 16 MiB of it are answered in time", "[normalise][address]") {
    CHECK(read_one("").doubt == AddressDoubt::empty);
    CHECK(read_one("〒").doubt == AddressDoubt::empty);
    CHECK(read_one("\xFF\xFE").doubt == AddressDoubt::not_text);
    CHECK(read_one("未定").level == "none");
    CHECK(read_one("市内各地", maebashi).level == "none");
    constexpr std::size_t large = std::size_t{16} << 20U;
    for (const std::string_view piece : {"(", "（", "一", "1-", "大手町", "前橋市", "〒", "日本 ", "字"}) {
        std::string text;
        while (text.size() < large / 8) {
            text += piece;
        }
        const Read read = read_one(text, maebashi);
        CHECK(read.joined.size() <= text.size() + 100);
    }
}
