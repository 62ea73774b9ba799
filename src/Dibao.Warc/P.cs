namespace Dibao.Warc;

internal static class Placeholder;
