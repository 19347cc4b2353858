// SPDX-License-Identifier: Apache-2.0
// Statements as the standard's annexes give them (OGC 12-128r17): readers compare them word by word.
#include "write/gpkg/schema.hpp"

#include "write/gpkg/geometry.hpp"
#include "write/sql/cells.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace kokai {
namespace {

constexpr const char* head_sql = R"(PRAGMA application_id=1196444487;
PRAGMA user_version=10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
CREATE TABLE gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
INSERT INTO gpkg_spatial_ref_sys VALUES
 ('Undefined Cartesian SRS',-1,'NONE',-1,'undefined','undefined Cartesian coordinate reference system'),
 ('Undefined geographic SRS',0,'NONE',0,'undefined','undefined geographic coordinate reference system'),
 ('WGS 84 geodetic',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,)"
                                 R"(AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,)"
                                 R"(AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,)"
                                 R"(AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],)"
                                 R"(AUTHORITY["EPSG","4326"]]',)"
                                 R"('longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');)";

constexpr const char* metadata_sql = R"(CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT ''
);
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL,
  table_name TEXT,
  column_name TEXT,
  row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
);
INSERT INTO gpkg_extensions VALUES
 ('gpkg_metadata',NULL,'gpkg_metadata','http://www.geopackage.org/spec130/#extension_metadata','read-write'),
 ('gpkg_metadata_reference',NULL,'gpkg_metadata','http://www.geopackage.org/spec130/#extension_metadata','read-write'))";

// <t> table, <c> geometry column, <i> id column, <r> the R-tree: all quoted when they are filled in; <r_…> are
// triggers.
constexpr const char* triggers_sql = R"(CREATE TRIGGER <r_insert> AFTER INSERT ON <t>
  WHEN (new.<c> NOT NULL AND NOT ST_IsEmpty(NEW.<c>))
BEGIN
  INSERT OR REPLACE INTO <r> VALUES (
    NEW.<i>,
    ST_MinX(NEW.<c>), ST_MaxX(NEW.<c>),
    ST_MinY(NEW.<c>), ST_MaxY(NEW.<c>)
  );
END;
CREATE TRIGGER <r_update1> AFTER UPDATE OF <c> ON <t>
  WHEN OLD.<i> = NEW.<i> AND
       (NEW.<c> NOTNULL AND NOT ST_IsEmpty(NEW.<c>))
BEGIN
  INSERT OR REPLACE INTO <r> VALUES (
    NEW.<i>,
    ST_MinX(NEW.<c>), ST_MaxX(NEW.<c>),
    ST_MinY(NEW.<c>), ST_MaxY(NEW.<c>)
  );
END;
CREATE TRIGGER <r_update2> AFTER UPDATE OF <c> ON <t>
  WHEN OLD.<i> = NEW.<i> AND
       (NEW.<c> ISNULL OR ST_IsEmpty(NEW.<c>))
BEGIN
  DELETE FROM <r> WHERE id = OLD.<i>;
END;
CREATE TRIGGER <r_update3> AFTER UPDATE ON <t>
  WHEN OLD.<i> != NEW.<i> AND
       (NEW.<c> NOTNULL AND NOT ST_IsEmpty(NEW.<c>))
BEGIN
  DELETE FROM <r> WHERE id = OLD.<i>;
  INSERT OR REPLACE INTO <r> VALUES (
    NEW.<i>,
    ST_MinX(NEW.<c>), ST_MaxX(NEW.<c>),
    ST_MinY(NEW.<c>), ST_MaxY(NEW.<c>)
  );
END;
CREATE TRIGGER <r_update4> AFTER UPDATE ON <t>
  WHEN OLD.<i> != NEW.<i> AND
       (NEW.<c> ISNULL OR ST_IsEmpty(NEW.<c>))
BEGIN
  DELETE FROM <r> WHERE id IN (OLD.<i>, NEW.<i>);
END;
CREATE TRIGGER <r_delete> AFTER DELETE ON <t>
  WHEN old.<c> NOT NULL
BEGIN
  DELETE FROM <r> WHERE id = OLD.<i>;
END;)";

bool is_iso_date(std::string_view text) {
    constexpr std::string_view form = "0000-00-00";
    return text.size() == form.size() &&
           std::equal(text.begin(), text.end(), form.begin(), [](char letter, char place) {
               return place == '-' ? letter == '-' : letter >= '0' && letter <= '9';
           });
}

std::string moment(const std::string& date) {
    return (is_iso_date(date) ? date : "1970-01-01") + "T00:00:00.000Z";
}

/// Text of an XML element; control characters, which XML cannot hold, become U+FFFD.
std::string xml_text(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '<') {
            out += "&lt;";
        } else if (letter == '>') {
            out += "&gt;";
        } else if (letter == '&') {
            out += "&amp;";
        } else if (static_cast<unsigned char>(letter) < 0x20 && letter != '\n' && letter != '\t') {
            out += "\xEF\xBF\xBD";
        } else {
            out += letter;
        }
    }
    return out;
}

/// Dublin Core terms; empty when there is nothing to say.
std::string dublin_core(const GpkgAbout& about) {
    std::string terms;
    const std::initializer_list<std::pair<const char*, const std::string&>> all{{"title", about.title},
                                                                                {"description", about.description},
                                                                                {"license", about.license},
                                                                                {"source", about.attribution},
                                                                                {"modified", about.modified}};
    bool any = false;
    for (const auto& [name, value] : all) {
        if (!value.empty()) {
            const std::string tag = std::string("dcterms:") + name;
            terms += "  <" + tag + ">" + xml_text(value) + "</" + tag + ">\n";
            any = any || std::string_view(name) != "modified";
        }
    }
    return any ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata "
                 "xmlns:dcterms=\"http://purl.org/dc/terms/\">\n" +
                     terms + "</metadata>\n"
               : "";
}

void add_metadata(SqliteDatabase& database, const GpkgTable& table, const GpkgAbout& about) {
    const std::string text = dublin_core(about);
    if (text.empty()) {
        return;
    }
    database.run(metadata_sql);
    SqliteStatement add(database,
                        "INSERT INTO gpkg_metadata VALUES(1,'dataset','http://purl.org/dc/terms/','text/xml',?)");
    add.bind_text(1, text);
    add.run();
    SqliteStatement refer(database, "INSERT INTO gpkg_metadata_reference VALUES('table',?,NULL,NULL,?,1,NULL)");
    const std::string time = moment(about.modified);
    refer.bind_text(1, table.name);
    refer.bind_text(2, time);
    refer.run();
}

void add_contents(SqliteDatabase& database, const GpkgTable& table, const GpkgAbout& about, const Bounds& bounds) {
    SqliteStatement add(database, "INSERT INTO gpkg_contents VALUES(?,'features',?,?,?,?,?,?,?,?)");
    const std::string time = moment(about.modified);
    add.bind_text(1, table.name);
    add.bind_text(2, about.title.empty() ? table.name : about.title);
    add.bind_text(3, about.description);
    add.bind_text(4, time);
    if (!bounds.empty()) {
        int parameter = 5;
        for (const double side : {bounds.west, bounds.south, bounds.east, bounds.north}) {
            add.bind(parameter++, side);
        }
    }
    add.bind(9, std::int64_t{gpkg_srs_id});
    add.run();
}

}  // namespace

std::string GpkgTable::sql(const std::string& geometry_type) const {
    std::string text = "CREATE TABLE " + quoted_name(name) + " (\n  " + quoted_name(id) +
                       " INTEGER PRIMARY KEY NOT NULL,\n  " + quoted_name(geometry) + " " + geometry_type;
    for (const Column& column : columns) {
        text += ",\n  " + quoted_name(column.name) + " " + sql_type(column.type);
    }
    return text + "\n)";
}

void create_geopackage(SqliteDatabase& database, const GpkgTable& table) {
    database.run(head_sql);
    database.run(table.sql(gpkg_geometry_type(0)));
}

void describe_geopackage(SqliteDatabase& database, const GpkgTable& table, const GpkgAbout& about,
                         const std::string& geometry_type, const Bounds& bounds) {
    // The standard wants the column to be declared as what it holds, and that is known only now.
    database.rewrite_table(table.name, table.sql(geometry_type));
    add_contents(database, table, about, bounds);
    SqliteStatement columns(database, "INSERT INTO gpkg_geometry_columns VALUES(?,?,?,?,0,0)");
    columns.bind_text(1, table.name);
    columns.bind_text(2, table.geometry);
    columns.bind_text(3, geometry_type);
    columns.bind(4, std::int64_t{gpkg_srs_id});
    columns.run();
    database.run("INSERT INTO gpkg_extensions VALUES(" + quoted_text(table.name) + "," + quoted_text(table.geometry) +
                 ",'gpkg_rtree_index','http://www.geopackage.org/spec130/#extension_rtree','write-only')");
    add_metadata(database, table, about);
    database.run("CREATE VIRTUAL TABLE " + quoted_name(table.tree()) + " USING rtree(id, minx, maxx, miny, maxy)");
}

void create_gpkg_triggers(SqliteDatabase& database, const GpkgTable& table) {
    const std::string_view form = triggers_sql;
    std::string sql;
    for (std::size_t at = 0; at < form.size();) {
        const std::size_t open = form.find('<', at);
        sql += form.substr(at, open - at);
        if (open == std::string_view::npos) {
            break;
        }
        const std::size_t close = form.find('>', open);
        const std::string_view what = form.substr(open + 1, close - open - 1);
        sql += quoted_name(what == "t"   ? table.name
                           : what == "c" ? table.geometry
                           : what == "i" ? table.id
                                         : table.tree() + std::string(what.substr(1)));
        at = close + 1;
    }
    database.run(sql);
}

}  // namespace kokai
