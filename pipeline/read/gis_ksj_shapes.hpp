// SPDX-License-Identifier: Apache-2.0
// The shapes of a 国土数値情報 file: surfaces are put together of rings, rings of curves that others share, all by
// reference. What a thing's shape costs is bounded by the file's own size, however the references lie.
#pragma once

#include "model/geometry.hpp"
#include "read/gis_module.hpp"
#include "read/xml_scanner.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kokai {

/// A way along a curve of the file, or along another one backwards.
struct KsjStep {
    std::string id;
    bool backwards = false;
};

struct KsjLine {
    std::vector<double> xy;      // its own points: longitude, latitude …
    std::vector<KsjStep> steps;  // … and after them those of other curves
};

struct KsjDrawing {
    GeometryKind kind = GeometryKind::none;
    std::vector<std::vector<KsjLine>> parts;  // of a surface: rings, the outer one first
    std::vector<std::string> members;         // of a multi geometry: further shapes by id
    std::string broken;                       // the first coordinate that is none
    bool has_height = false;
};

/// What srsName says, which is written in many ways.
struct KsjSystem {
    bool jgd2000 = false, jgd2011 = false;
    std::string other;  // the first that is neither

    void note(std::string_view name);
    [[nodiscard]] bool says_something() const { return jgd2000 || jgd2011 || !other.empty(); }
};

bool is_ksj_shape(std::string_view name);
/// The id that xlink:href names, or, behind a `#` as no id has it, the address that leads out of the file; empty when
/// there is none.
std::string ksj_reference(const XmlScanner& scanner);
/// Whether a reference is to another document, which nobody fetches.
bool leads_out_of_file(std::string_view reference);

class KsjShapes {
public:
    /// One row's shape, as rings in degrees as the file has them.
    struct Row {
        GeometryKind kind = GeometryKind::none;
        std::vector<std::vector<std::vector<double>>> parts;
        std::vector<std::size_t> open_rings;  // counted through all parts: closed here
        std::optional<GisFault> fault;        // it has no shape
        bool has_height = false;
    };

    /// The shape whose start was the scanner's last event; goes behind its end.
    KsjDrawing read(XmlScanner& scanner, std::string_view name);
    void keep(std::string id, KsjDrawing drawing) { kept_[std::move(id)] = std::move(drawing); }
    /// The shapes of one thing, those it points to found; several of a kind become one of many parts.
    [[nodiscard]] Row put_together(const std::vector<KsjDrawing>& own) const;
    [[nodiscard]] const KsjSystem& system() const { return system_; }

private:
    struct Around {
        bool backwards = false;
        int dimension = 2;
    };
    struct Work {
        std::size_t members = 0, steps = 0, points = 0;
        const std::string* broken = nullptr;  // the coordinate that ended it
    };

    void read_parts(XmlScanner& scanner, KsjDrawing& shape, KsjLine& line, Around around);
    void read_child(XmlScanner& scanner, KsjDrawing& shape, KsjLine& line, Around around);
    void append_points(std::string_view text, int dimension, KsjDrawing& shape, KsjLine& line);
    void add_step(KsjLine& line, std::string id, bool backwards);
    bool gather(const KsjDrawing& shape, std::vector<const KsjDrawing*>& found, int depth, Work& work) const;
    bool append_way(const KsjLine& line, std::vector<double>& xy, bool backwards, int depth, Work& work) const;
    bool append_part(const KsjDrawing& shape, const std::vector<KsjLine>& lines, Row& row, std::size_t& rings,
                     Work& work) const;

    std::unordered_map<std::string, KsjDrawing> kept_;
    KsjSystem system_;
    Work written_;  // in the file, all in all
};

}  // namespace kokai
