// SPDX-License-Identifier: Apache-2.0
// Coordinates are latitude first, in JGD2000 or JGD2011: the specification allows nothing else, and a file that says it
// is in another system is read only when somebody names that. Only references within the file are followed.
#include "read/gis_ksj.hpp"

#include "locate/converter.hpp"
#include "model/error.hpp"
#include "model/finding.hpp"
#include "read/gis_closing.hpp"
#include "read/gis_ksj_shapes.hpp"
#include "read/gis_xml.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

namespace kokai {
namespace {

using Event = XmlScanner::Event;

/// What the application schemas call the shape of a thing: position, location, bounds …
bool names_a_shape(std::string_view field) {
    constexpr std::array<std::string_view, 10> names{"position", "location", "loc",   "area",   "bounds",
                                                     "boundary", "geometry", "point", "extent", "scope"};
    return std::find(names.begin(), names.end(), field) != names.end();
}

class KsjReader : public GisReader {
public:
    KsjReader(const std::filesystem::path& path, std::string shown)
        : shown_(std::move(shown)), file_(path, shown_), text_(std::make_unique<XmlText>(file_, shown_)),
          scanner_(std::make_unique<XmlScanner>(*text_, shown_, "XML")) {}

    bool open(const GisRequest& request, GisLayer& layer, std::string& error) override {
        read_shapes();
        for (const auto& [name, count] : things_) {
            layer.all.push_back({name, static_cast<std::int64_t>(count)});
        }
        const auto wanted =
            std::find_if(things_.begin(), things_.end(), [&](const auto& one) { return one.first == request.layer; });
        if (wanted == things_.end() && (!request.layer.empty() || things_.size() != 1)) {
            return true;  // not found: the caller lists those there are
        }
        layer.found = true;
        layer.name = wanted != things_.end() ? wanted->first : things_.front().first;
        layer.features = static_cast<std::int64_t>((wanted != things_.end() ? *wanted : things_.front()).second);
        thing_ = layer.name;
        fields_ = fields_of_[thing_];
        layer.fields = fields_;
        if (!choose_system(request, layer, error)) {
            return false;
        }
        begin_again();
        return true;
    }

    bool next(GisChunk& chunk, std::size_t most_rows, std::size_t most_bytes, std::string& /*error*/) override {
        chunk.clear();
        while (chunk.numbers.size() < most_rows && chunk.text.size() + points_ * 16 < most_bytes && next_thing(chunk)) {
        }
        points_ = 0;
        return !chunk.numbers.empty();
    }

private:
    // --- first time: shapes by their id, things and their fields ---

    void read_shapes() {
        if (!to_root()) {
            return;
        }
        while (scanner_->next_child()) {
            const std::string name(scanner_->name());
            if (is_ksj_shape(name)) {
                std::string id = scanner_->attribute_text("id");
                shapes_.keep(std::move(id), shapes_.read(*scanner_, name));
            } else if (scanner_->attribute("id").empty() || name == "metaDataProperty") {
                look_for_system();
            } else {
                look_at_thing(name);
            }
        }
    }

    /// description, boundedBy and the like: only the envelope says something.
    void look_for_system() {
        const std::size_t depth = scanner_->depth();
        system_.note(scanner_->attribute("srsName"));
        while (scanner_->depth() >= depth) {
            const Event event = scanner_->next();
            if (event == Event::finished) {
                return;
            }
            if (event == Event::start) {
                system_.note(scanner_->attribute("srsName"));
            }
        }
    }

    bool choose_system(const GisRequest& request, GisLayer& layer, std::string& error) {
        constexpr std::array<std::string_view, 4> degrees{"EPSG:4612", "EPSG:6668", "EPSG:4326", "EPSG:4301"};
        if (!request.crs.empty() && std::find(degrees.begin(), degrees.end(), request.crs) == degrees.end()) {
            error = request.crs + ": this kind of file is in degrees by definition";
            return false;
        }
        // The shapes' own word counts for more than that of the envelope around all of them.
        const KsjSystem& said = shapes_.system().says_something() ? shapes_.system() : system_;
        if (request.crs.empty() && (!said.other.empty() || (said.jgd2000 && said.jgd2011))) {
            refuse_system(said);
        }
        layer.crs = !request.crs.empty() ? request.crs : said.jgd2000 ? "EPSG:4612" : "EPSG:6668";
        layer.datum = GisDatum::known;
        swapped_ = request.swapped;
        if (!request.raw && (layer.crs == "EPSG:4612" || layer.crs == "EPSG:4301")) {
            const Datum datum = layer.crs == "EPSG:4612" ? Datum::jgd2000 : Datum::tokyo;
            converter_ = make_converter(degrees_in(datum), request.grids);
        }
        return true;
    }

    [[noreturn]] void refuse_system(const KsjSystem& said) const {
        const std::string name = said.other.empty() ? "JGD2000, JGD2011" : printable(said.other);
        throw WorldError(shown_,
                         "座標系（srsName）が「" + name +
                             "」です。国土数値情報は JGD2000 か JGD2011 のはずです。正しいものを crs" +
                             "（EPSG:6668、EPSG:4612、古い日本測地系なら EPSG:4301）で指定してください",
                         "its coordinate system (srsName) is \"" + name +
                             "\", and this kind of file is in JGD2000 or JGD2011: name the right one with crs " +
                             "(EPSG:6668, EPSG:4612; EPSG:4301 for the old Tokyo datum)");
    }

    void look_at_thing(const std::string& name) {
        auto known = std::find_if(things_.begin(), things_.end(), [&](const auto& one) { return one.first == name; });
        if (known == things_.end()) {
            known = things_.insert(things_.end(), {name, 0});
        }
        ++known->second;
        std::vector<std::string>& fields = fields_of_[name];
        read_values([&](const std::string& field, const std::string& /*value*/) {
            if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
                fields.push_back(field);
            }
        });
    }

    // --- a thing's values: the text of its elements, by the element's name ---

    /// Calls `take(field, value)`; gives the shapes that the thing has or points to.
    template <typename Take>
    std::vector<KsjDrawing> read_values(Take&& take) {
        std::vector<KsjDrawing> own;
        while (scanner_->next_child()) {
            read_value(std::string(scanner_->name()), own, take);
        }
        return own;
    }

    template <typename Take>
    void read_value(const std::string& field, std::vector<KsjDrawing>& own, Take& take) {
        std::string target = ksj_reference(*scanner_);
        if (leads_out_of_file(target) && !names_a_shape(field)) {
            target.clear();  // a list of codes, another thing
        }
        std::string text;
        bool has_children = false;
        for (Event event = scanner_->next(); event == Event::start || event == Event::text; event = scanner_->next()) {
            if (event == Event::text) {
                scanner_->append_text(text);
                continue;
            }
            has_children = true;
            const std::string name(scanner_->name());
            if (is_ksj_shape(name)) {
                own.push_back(shapes_.read(*scanner_, name));
            } else {
                // A year stands in gml:TimeInstant/gml:timePosition, a code in an element of its own.
                read_value(name.starts_with("Time") || name.starts_with("time") ? field : name, own, take);
            }
        }
        const std::string value(trimmed(text));
        if (!target.empty() && value.empty()) {
            KsjDrawing pointed;
            pointed.members.push_back(target);
            own.push_back(std::move(pointed));
        } else if (!has_children || !value.empty()) {
            take(field, value);
        }
    }

    // --- second time: things as rows ---

    bool to_root() {
        Event event = scanner_->next();
        while (event == Event::text) {
            event = scanner_->next();
        }
        return event == Event::start;
    }

    void begin_again() {
        text_ = std::make_unique<XmlText>(file_, shown_);
        scanner_ = std::make_unique<XmlScanner>(*text_, shown_, "XML");
        ended_ = !to_root();
    }

    bool next_thing(GisChunk& chunk) {
        while (!ended_ && scanner_->next_child()) {
            if (scanner_->name() != thing_ || scanner_->attribute("id").empty()) {
                scanner_->skip_element();
                continue;
            }
            std::vector<std::string> values(fields_.size());
            const std::vector<KsjDrawing> own = read_values([&](const std::string& field, const std::string& value) {
                const auto at = std::find(fields_.begin(), fields_.end(), field) - fields_.begin();
                std::string& cell = values.at(static_cast<std::size_t>(at));
                cell += (cell.empty() || value.empty() ? "" : ";") + value;
            });
            for (const std::string& value : values) {
                chunk.text.insert(chunk.text.end(), value.begin(), value.end());
                chunk.ends.push_back(static_cast<std::uint32_t>(chunk.text.size()));
            }
            chunk.numbers.push_back(++read_);
            put_shape(own, chunk);
            return true;
        }
        ended_ = true;
        return false;
    }

    void put_shape(const std::vector<KsjDrawing>& own, GisChunk& chunk) {
        KsjShapes::Row row = shapes_.put_together(own);
        const std::size_t number = chunk.numbers.size() - 1;
        if (row.fault) {
            row.fault->row = number;
            chunk.faults.push_back(std::move(*row.fault));
            return chunk.shapes.end_row(GeometryKind::none);
        }
        auto open = row.open_rings.begin();
        std::size_t rings = 0;
        for (std::vector<std::vector<double>>& part : row.parts) {
            for (std::vector<double>& ring : part) {
                to_jgd2011(ring, chunk);
                for (std::size_t i = 0; i + 1 < ring.size(); i += 2) {
                    chunk.shapes.add_point(ring[i], ring[i + 1]);
                }
                points_ += ring.size() / 2;
                chunk.shapes.end_ring();
                if (open != row.open_rings.end() && *open == rings++) {
                    note_closed(chunk.faults, number, {ring[ring.size() - 4], ring[ring.size() - 3]},
                                {ring[0], ring[1]});
                    ++open;
                }
            }
            chunk.shapes.end_part();
        }
        chunk.with_height += row.has_height ? 1U : 0U;
        chunk.shapes.end_row(row.kind);
    }

    /// What moved in 2011.
    void to_jgd2011(std::vector<double>& xy, GisChunk& chunk) {
        for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
            if (swapped_) {
                std::swap(xy[i], xy[i + 1]);
            }
            if (converter_ != nullptr) {
                chunk.approximate += converter_->to_degrees(&xy[i], &xy[i + 1], 1, nullptr);
            }
        }
    }

    std::string shown_;
    InputFile file_;
    std::unique_ptr<XmlText> text_;
    std::unique_ptr<XmlScanner> scanner_;
    KsjShapes shapes_;
    KsjSystem system_;                                         // of what is around them
    std::vector<std::pair<std::string, std::size_t>> things_;  // by name, as they come
    std::map<std::string, std::vector<std::string>> fields_of_;
    std::unique_ptr<PositionConverter> converter_;  // of what is older than JGD2011
    bool swapped_ = false;
    std::string thing_;
    std::vector<std::string> fields_;
    std::uint32_t read_ = 0;
    std::size_t points_ = 0;  // of the chunk
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<GisReader> make_ksj_reader(const std::filesystem::path& path, std::string shown) {
    return std::make_unique<KsjReader>(path, std::move(shown));
}

}  // namespace kokai
