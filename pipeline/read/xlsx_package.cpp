// SPDX-License-Identifier: Apache-2.0
#include "read/xlsx_package.hpp"

#include "model/cell.hpp"
#include "model/error.hpp"
#include "read/encoding.hpp"
#include "read/xlsx_kind.hpp"
#include "support/text.hpp"
#include "support/xml.hpp"

#include <zip.h>

#include <algorithm>
#include <utility>

namespace kokai {
namespace {

constexpr std::uint64_t mebibyte = 1U << 20U;
constexpr std::uint64_t most_inflated = 4096 * mebibyte;  // all entries together
constexpr std::uint64_t largest_part = 1536 * mebibyte;   // a full sheet of 26 columns has 1.2 GiB
constexpr std::uint64_t suspicious_bytes = 64 * mebibyte;
constexpr std::uint64_t suspicious_ratio = 100;  // real sheets deflate to a 5th to a 20th
constexpr std::uint64_t largest_small_part = 32 * mebibyte;
constexpr std::size_t packed_piece = 64U << 10U;
constexpr zip_int64_t most_entries = 20'000;
constexpr std::size_t most_relationships = 65'536;

/// A name that would leave the folder it is unpacked into. We never unpack; but a workbook that has one is no honest
/// workbook.
bool escapes(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
        (name.size() > 1 && name[1] == ':')) {
        return true;
    }
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        if (name.substr(begin, end - begin) == "..") {
            return true;
        }
        begin = end + 1;
    }
    return false;
}

bool is_out_of_proportion(std::uint64_t bytes, std::uint64_t packed) {
    return bytes > suspicious_bytes && bytes / suspicious_ratio > packed;
}

class RelationshipReader : public XmlHandler {
public:
    RelationshipReader(std::string file, std::string rels_part, std::string part)
        : file_(std::move(file)), rels_part_(std::move(rels_part)), part_(std::move(part)) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship") {
            return;
        }
        if (all.size() == most_relationships) {
            throw WorldError(file_, rels_part_ + ": 関係の数が多すぎます", rels_part_ + ": too many relationships",
                             rels_part_);
        }
        const std::string_view type = attributes["Type"];
        Relationship one;
        one.id = attributes["Id"];
        one.type = type.substr(type.rfind('/') + 1);
        one.external = attributes["TargetMode"] == "External";
        if (one.external) {
            one.outside = attributes["Target"];
        } else {
            one.target = resolve_target(part_, attributes["Target"]);
        }
        all.push_back(std::move(one));
    }

    std::vector<Relationship> all;

private:
    std::string file_, rels_part_, part_;
};

}  // namespace

void ZipCloser::operator()(zip* archive) const {
    zip_discard(archive);
}

void ZipCloser::operator()(zip_file* entry) const {
    zip_fclose(entry);
}

PartReader::PartReader(zip& archive, const PackageEntry& entry, std::string file)
    : entry_(zip_fopen_index(&archive, entry.index, entry.deflated ? ZIP_FL_COMPRESSED : 0)), bytes_(entry.bytes),
      file_(std::move(file)), part_(entry.name), wanted_checksum_(entry.checksum) {
    if (!entry_) {
        const std::string reason = zip_strerror(&archive);
        throw WorldError(file_, part_ + " を取り出せません（" + reason + "）",
                         "cannot open " + part_ + " (" + reason + ")", part_);
    }
    if (entry.deflated) {
        inflater_.emplace();
        buffer_.resize(packed_piece);
    }
}

void PartReader::fail_damaged(const std::string& reason) const {
    throw WorldError(file_, part_ + " が壊れています（" + reason + "）", part_ + " is damaged (" + reason + ")", part_);
}

/// Stored, or still packed; libzip looks at the checksum of what is stored.
std::size_t PartReader::read_stored(char* into, std::size_t size) {
    const zip_int64_t got = zip_fread(entry_.get(), into, size);
    if (got < 0) {
        fail_damaged(zip_file_strerror(entry_.get()));
    }
    return static_cast<std::size_t>(got);
}

std::size_t PartReader::read_deflated(char* into, std::size_t size) {
    std::size_t filled = 0;
    while (filled < size && !finished_) {
        if (packed_.empty()) {
            packed_ = {buffer_.data(), read_stored(buffer_.data(), buffer_.size())};
        }
        const std::size_t before = packed_.size();
        std::size_t got = 0;
        const Inflater::Outcome outcome = inflater_->read(packed_, into + filled, size - filled, got);
        filled += got;
        const bool stuck = got == 0 && packed_.size() == before;  // cut off: the stream has no end
        if (outcome == Inflater::Outcome::damaged || (outcome == Inflater::Outcome::more && stuck)) {
            fail_damaged("deflate");
        }
        finished_ = outcome == Inflater::Outcome::finished;
    }
    checksum_ = crc32_of({into, filled}, checksum_);
    if (finished_ && checksum_ != wanted_checksum_) {
        fail_damaged("CRC");
    }
    return filled;
}

std::size_t PartReader::read(char* into, std::size_t size) {
    const std::size_t got = inflater_ ? read_deflated(into, size) : read_stored(into, size);
    read_ += got;
    if (read_ > bytes_ || (got == 0 && read_ != bytes_)) {
        throw WorldError(file_, part_ + " の大きさがファイルの目録と違います",
                         part_ + " is not as large as the archive's directory says", part_);
    }
    return got;
}

XlsxPackage::XlsxPackage(const std::filesystem::path& path, std::string shown, PackageKind kind)
    : shown_(std::move(shown)), kind_(kind) {
    refuse_other_kinds_than_zip(path, shown_);
    int code = 0;
    archive_.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!archive_) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string reason = zip_error_strerror(&error);
        zip_error_fini(&error);
        const bool zip = kind_ == PackageKind::archive && lowered(path.extension().string()) == ".zip";
        throw WorldError(shown_,
                         std::string(zip ? "ZIP" : "Excel") +
                             " のファイルとして壊れています（途中で切れているかもしれません: " + reason + "）",
                         std::string("is a broken ") + (zip ? "ZIP" : "Excel") + " file, perhaps cut off (" + reason +
                             ")");
    }
    survey_entries();
}

void XlsxPackage::survey_entries() {
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    if (count > most_entries) {
        throw WorldError(shown_, "中のファイルが多すぎます: " + std::to_string(count) + "（上限 20000）",
                         "too many entries in the archive: " + std::to_string(count) + " (at most 20000)");
    }
    entries_.reserve(static_cast<std::size_t>(count));
    std::uint64_t total = 0, texts = 0, texts_packed = 0;
    for (zip_int64_t index = 0; index < count; ++index) {
        survey_entry(static_cast<std::uint64_t>(index));
        const std::uint64_t bytes = entries_.back().bytes;
        const bool is_text = entries_.back().key.ends_with(".xml");  // a picture of one colour is no bomb
        texts += is_text ? std::min(bytes, most_inflated) : 0;
        texts_packed += is_text ? entries_.back().packed : 0;
        total = bytes > most_inflated ? bytes : total + bytes;
        if (total > most_inflated) {
            throw WorldError(
                shown_, "展開すると 4 GiB を超えます。安全のため読みません（" + entries_.back().name + "）",
                "would inflate to more than 4 GiB: refused (" + entries_.back().name + ")", entries_.back().name);
        }
    }
    if (is_out_of_proportion(texts, texts_packed)) {
        const std::string size = std::to_string(texts / mebibyte);
        throw WorldError(shown_, "展開すると " + size + " MiB になります。安全のため読みません",
                         "would inflate to " + size + " MiB, out of all proportion: refused");
    }
    std::sort(entries_.begin(), entries_.end(),
              [](const PackageEntry& a, const PackageEntry& b) { return a.key < b.key; });
    const auto twin = std::adjacent_find(entries_.begin(), entries_.end(),
                                         [](const PackageEntry& a, const PackageEntry& b) { return a.key == b.key; });
    if (twin != entries_.end()) {
        throw WorldError(shown_, "同じ名前のファイルが中に二つあります: " + twin->name,
                         "the archive holds two entries of the same name: " + twin->name, twin->name);
    }
}

void XlsxPackage::survey_entry(std::uint64_t index) {
    const auto refuse = [&](const std::string& name, const std::string& ja, const std::string& en) {
        const std::string number = std::to_string(index + 1);
        throw WorldError(shown_, ja + "（" + number + " 番目: " + name + "）",
                         en + " (entry " + number + ": " + name + ")", name);
    };
    zip_stat_t status;
    zip_stat_init(&status);
    constexpr zip_uint64_t wanted =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    if (zip_stat_index(archive_.get(), index, 0, &status) != 0 || (status.valid & wanted) != wanted) {
        refuse("?", "ファイルの目録が壊れています", "the archive's directory is broken");
    }
    const std::string name = name_of_entry(index, status.name);
    if (escapes(name)) {
        refuse(name, "中のファイルの名前が安全ではありません", "an unsafe entry name");
    }
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && status.encryption_method != ZIP_EM_NONE) {
        refuse(name, "パスワードで保護されています。保護を外して保存し直してください",
               "is protected by a password: save it without one");
    }
    if (status.comp_method != ZIP_CM_STORE && status.comp_method != ZIP_CM_DEFLATE) {
        refuse(name, "扱えない方法で圧縮されています", "is compressed in a way that is not supported");
    }
    zip_uint8_t system = 0;
    zip_uint32_t mode = 0;
    if (zip_file_get_external_attributes(archive_.get(), index, 0, &system, &mode) == 0 && system == ZIP_OPSYS_UNIX) {
        const zip_uint32_t kind = (mode >> 16U) & 0170000U;
        if (kind != 0 && kind != 0100000U && kind != 0040000U) {
            refuse(name, "リンクや装置が入っています", "the archive holds a link or a device");
        }
    }
    entries_.push_back(
        {lowered(name), name, index, status.size, status.comp_size, status.crc, status.comp_method == ZIP_CM_DEFLATE});
}

std::string XlsxPackage::name_of_entry(std::uint64_t index, const char* guessed) const {
    const char* const raw = zip_get_name(archive_.get(), index, ZIP_FL_ENC_RAW);
    if (kind_ == PackageKind::workbook || raw == nullptr) {
        return guessed;
    }
    const std::string_view bytes(raw);
    Arena arena;
    std::size_t bad = bytes.size();
    mend_utf8(bytes, arena, bad);
    if (bad == bytes.size()) {
        return std::string(bytes);
    }
    return first_bad_cp932(bytes) == std::string_view::npos ? std::string(decode_cp932(bytes, arena, bad)) : guessed;
}

const PackageEntry* XlsxPackage::find(std::string_view part) const {
    const std::string key = lowered(part);
    const auto found =
        std::lower_bound(entries_.begin(), entries_.end(), key,
                         [](const PackageEntry& entry, const std::string& wanted) { return entry.key < wanted; });
    return found != entries_.end() && found->key == key ? &*found : nullptr;
}

std::vector<std::string> XlsxPackage::names() const {
    std::vector<std::string> all;
    all.reserve(entries_.size());
    for (const PackageEntry& entry : entries_) {
        all.push_back(entry.name);
    }
    return all;
}

std::uint64_t XlsxPackage::bytes(std::string_view part) const {
    const PackageEntry* const entry = find(part);
    return entry != nullptr ? entry->bytes : 0;
}

PartReader XlsxPackage::open(std::string_view part) const {
    const PackageEntry* const entry = find(part);
    if (entry == nullptr) {
        const std::string name(part);
        throw WorldError(shown_, "中にあるはずの " + name + " がありません。Excel で開いて保存し直してください",
                         "its part " + name + " is missing: open and save it in Excel", name);
    }
    if (entry->bytes > largest_part || is_out_of_proportion(entry->bytes, entry->packed)) {
        const std::string size = std::to_string(entry->bytes / mebibyte);
        throw WorldError(shown_, entry->name + " は展開すると " + size + " MiB になります。大きすぎるので読みません",
                         entry->name + " would inflate to " + size + " MiB: refused", entry->name);
    }
    return {*archive_, *entry, shown_};
}

std::string XlsxPackage::read(std::string_view part) const {
    PartReader reader = open(part);
    if (reader.bytes() > largest_small_part) {
        throw WorldError(shown_, reader.part() + " が大きすぎます（上限 32 MiB）",
                         reader.part() + " is too large (at most 32 MiB)", reader.part());
    }
    std::string bytes(reader.bytes() + 1, '\0');  // one more, so that the end is read and its checksum looked at
    std::size_t filled = 0;
    while (const std::size_t got = reader.read(bytes.data() + filled, bytes.size() - filled)) {
        filled += got;
    }
    bytes.resize(filled);
    return bytes;
}

std::vector<Relationship> XlsxPackage::relationships(const std::string& part) const {
    const std::size_t slash = part.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
    const std::string rels_part = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    if (!has(rels_part)) {
        return {};
    }
    RelationshipReader reader(shown_, rels_part, part);
    parse_xml(read(rels_part), reader, shown_, rels_part);
    return std::move(reader.all);
}

std::string resolve_target(std::string_view part, std::string_view target) {
    std::vector<std::string_view> steps;
    const auto walk = [&steps](std::string_view path) {
        for (std::size_t begin = 0; begin < path.size();) {
            const std::size_t end = std::min(path.find('/', begin), path.size());
            const std::string_view step = path.substr(begin, end - begin);
            begin = end + 1;
            if (step == "..") {
                if (steps.empty()) {
                    return false;
                }
                steps.pop_back();
            } else if (!step.empty() && step != ".") {
                steps.push_back(step);
            }
        }
        return true;
    };
    if (!target.starts_with('/')) {
        const std::size_t slash = part.rfind('/');
        walk(slash == std::string_view::npos ? std::string_view{} : part.substr(0, slash));
    }
    if (!walk(target)) {
        return {};
    }
    std::string resolved;
    for (const std::string_view step : steps) {
        resolved += (resolved.empty() ? "" : "/");
        resolved += step;
    }
    return resolved;
}

}  // namespace kokai
