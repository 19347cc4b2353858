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
    CHECK(lot("四ツ谷1137") == "四ツ谷1137|");
    CHECK(lot("5番23号1丁目マンション301") == "5-23|1丁目マンション301");
    CHECK(lot("-14-1") == "14-1|");
    CHECK(lot("7番町19") == "|7番町19");
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
