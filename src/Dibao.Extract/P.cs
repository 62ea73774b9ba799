namespace Dibao.Extract;

internal static class Placeholder;
