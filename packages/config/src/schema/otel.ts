/** `otel`: where logs and traces are exported to. */

import { optional, required, section, withDefault, type Reader, type Shape } from "./shape.js";
import { boolean, custom, oneOf, path, string, stringTable, table, unknownVariant } from "./shapes.js";
import { ShapeError, wrongType } from "./shape.js";
import type { TomlTable, TomlValue } from "../toml/nodes.js";

/** Certificates for a connection to a collector; absolute paths of PEM files. */
export interface OtelTls {
  readonly caCertificate: string | null;
  readonly clientCertificate: string | null;
  readonly clientPrivateKey: string | null;
}

/** Where one kind of signal goes. */
export type OtelExporter =
  | { readonly type: "none" }
  | { readonly type: "statsig" }
  | {
      readonly type: "otlp-http";
      readonly endpoint: string;
      readonly protocol: "binary" | "json";
      readonly headers: Readonly<Record<string, string>>;
      readonly tls: OtelTls | null;
    }
  | {
      readonly type: "otlp-grpc";
      readonly endpoint: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly tls: OtelTls | null;
    };

const tls = table({
  "ca-certificate": optional(path, "Certificate authority to trust."),
  "client-certificate": optional(path, "Our certificate; needs `client-private-key`."),
  "client-private-key": optional(path, "Key of our certificate."),
});
const endpoint = required(string, "Address of the collector, used exactly as written.");
const headers = withDefault(stringTable, {}, "Headers sent with every export.");
const tlsField = optional(tls, "Certificates for the connection.");

/** The tables behind `{ otlp-http = … }` and `{ otlp-grpc = … }`, for the key table too. */
export const otlpHttp = table({
  endpoint,
  protocol: required(oneOf(["binary", "json"]), "Encoding of the export."),
  headers,
  tls: tlsField,
});
export const otlpGrpc = table({ endpoint, headers, tls: tlsField });

const EXPORTERS = ["none", "statsig", "otlp-http", "otlp-grpc"] as const;

/** A word, or a table with one key. */
export const exporter: Shape<OtelExporter> = {
  ...custom(readExporter, () => ({
    anyOf: [
      { type: "string", enum: ["none", "statsig"] },
      objectWith("otlp-http", otlpHttp),
      objectWith("otlp-grpc", otlpGrpc),
    ],
  })),
  isValue: true,
  fields: {
    "otlp-http": optional(otlpHttp, "Export over OTLP/HTTP."),
    "otlp-grpc": optional(otlpGrpc, "Export over OTLP/gRPC."),
  },
};

/** `[otel]` */
export const otel = table({
  environment: withDefault(string, "dev", "Value of the `env` attribute."),
  log_user_prompt: withDefault(boolean, false, "Whether the text of prompts is exported."),
  exporter: withDefault(exporter, { type: "none" }, "Where log events go.", { defaultNote: "`none`" }),
  trace_exporter: optional(exporter, "Where traces go.", { defaultNote: "same as `otel.exporter`" }),
});

/** `otel` as a key of the whole file. */
export const otelField = section(otel, "Export of logs and traces by OpenTelemetry.");

function readExporter(node: TomlValue, reader: Reader): OtelExporter {
  if (node.kind === "string") {
    if (node.value === "none" || node.value === "statsig") {
      return { type: node.value };
    }
    if (node.value === "otlp-http" || node.value === "otlp-grpc") {
      throw new ShapeError("invalid type: unit variant, expected struct variant", node, reader.path);
    }
    throw unknownVariant(node.value, EXPORTERS, node, reader);
  }
  if (node.kind !== "table") {
    throw wrongType(node, "string or table", reader);
  }
  return readOtlp(node, reader);
}

function readOtlp(node: TomlTable, reader: Reader): OtelExporter {
  const [only, ...more] = node.entries;
  if (only === undefined || more.length > 0) {
    throw new ShapeError(`wanted exactly 1 element, found ${node.entries.size} elements`, node, reader.path);
  }
  const [name, { value }] = only;
  reader.path.push(name);
  const found = exporterOf(name, value, node, reader);
  reader.path.pop();
  return found;
}

function exporterOf(name: string, value: TomlValue, node: TomlTable, reader: Reader): OtelExporter {
  switch (name) {
    case "otlp-http": {
      const http = otlpHttp.read(value, reader);
      return { type: name, ...http, tls: certificates(http.tls) };
    }
    case "otlp-grpc": {
      const grpc = otlpGrpc.read(value, reader);
      return { type: name, ...grpc, tls: certificates(grpc.tls) };
    }
    default:
      throw unknownVariant(name, EXPORTERS, node, reader);
  }
}

type TlsFields = ReturnType<(typeof tls)["read"]>;

function certificates(fields: TlsFields | undefined): OtelTls | null {
  return fields === undefined
    ? null
    : {
        caCertificate: fields["ca-certificate"] ?? null,
        clientCertificate: fields["client-certificate"] ?? null,
        clientPrivateKey: fields["client-private-key"] ?? null,
      };
}

function objectWith(name: string, shape: Shape<unknown>): Record<string, unknown> {
  return { type: "object", properties: { [name]: shape.describe() }, required: [name], additionalProperties: false };
}
