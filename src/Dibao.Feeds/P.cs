namespace Dibao.Feeds;

internal static class Placeholder;
